package io.bilitw.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
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
}
