package io.bilitw.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client may do its worst: the others are served as if it were not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsIT {

    private static final int MEGABYTE = 1024 * 1024;

    /** More than half of the heap that the proxy under test has. */
    private static final int HUGE_MEGABYTES = 150;

    private final ProxiedServers servers = ProxiedServers.start(2);

    @AfterEach
    void servesOthers() {
        try (RespClient client = servers.client()) {
            assertThat(client.call("SET", "key", "value").text()).isEqualTo("+OK\r\n");
            assertThat(client.call("GET", "key").value()).isEqualTo("value");
        }
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*2\r\n$3\r\nFOO\r\n",
                "*2\r\n$4\r\nAUTH\r\n",
                "*2\r\n$6\r\nOBJECT\r\n",
                "*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n",
                "*4\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$7\r\nSETNAME\r\n",
            })
    void refusesHugeArgumentOfWhatItAnswersItself(String beginning) {
        byte[] part = "x".repeat(MEGABYTE).getBytes(US_ASCII);
        try (RespClient client = servers.client()) {
            client.send(beginning + "$" + HUGE_MEGABYTES * MEGABYTE + "\r\n");
            for (int i = 0; i < HUGE_MEGABYTES; i++) {
                client.send(part);
            }
            Response response = client.send("\r\n").read();
            assertThat(response.text()).startsWith("-ERR ").hasSizeLessThan(100_000);
        }
    }

    @Test
    void deliversAllToClientThatReadsSlowlySaysQuitAndEndsItsSide() throws InterruptedException {
        String value = "v".repeat(8 * MEGABYTE);
        try (RespClient client = servers.client()) {
            client.call("SET", "large", value);
            client.send(Resp.request("GET", "large")).send(Resp.request("QUIT"));
            Thread.sleep(300); // the proxy has filled the socket and waits
            client.halfClose();
            Thread.sleep(300); // and has seen the end
            String expected = "$" + value.length() + "\r\n" + value + "\r\n+OK\r\n";
            assertThat(client.readToEnd().equals(expected)).as("all has come").isTrue();
        }
    }

    @Test
    void servesOthersWhileClientsSendAnything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<RespClient> hostile = new ArrayList<>();
        try (RespClient checked = servers.client()) {
            for (int i = 0; i < 500; i++) {
                RespClient client = servers.client();
                hostile.add(client);
                try {
                    client.send(anything(random));
                } catch (UncheckedIOException _) {
                    // The proxy has closed it already.
                }
                String value = "v" + i;
                checked.send(Resp.request("SET", "a" + i, value))
                        .send(Resp.request("MGET", "a" + i, "none", "a" + i));
                assertThat(checked.read().text()).as("seed %d", seed).isEqualTo("+OK\r\n");
                assertThat(checked.read().text())
                        .as("seed %d", seed)
                        .isEqualTo("*3\r\n%1$s$-1\r\n%1$s".formatted(bulk(value)));
                if (random.nextBoolean()) {
                    hostile.remove(random.nextInt(hostile.size())).reset();
                }
            }
        }
        hostile.forEach(RespClient::close);
    }

    private static byte[] anything(Random random) {
        byte[] noise = new byte[random.nextInt(2000)];
        random.nextBytes(noise);
        return switch (random.nextInt(7)) {
            case 0 -> noise;
            case 1 -> Resp.bytes("*" + random.nextLong() + "\r\n");
            case 2 -> Resp.bytes("*2\r\n$3\r\nGET\r\n$" + random.nextInt() + "\r\n");
            case 3 -> Resp.bytes("*1\r\n".repeat(1 + random.nextInt(500)));
            case 4 -> Resp.bytes("x".repeat(random.nextInt(100_000)));
            case 5 -> Resp.request(List.of(Resp.bytes("SET"), noise, noise));
            default -> Resp.bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\nhalf");
        };
    }

    private static String bulk(String value) {
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }
}
