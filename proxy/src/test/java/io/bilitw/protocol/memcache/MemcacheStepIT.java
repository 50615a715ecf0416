package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.Handling;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.ResponseMode;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.SampleFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Random requests, as the proxy would send them, against a real memcached: each must have just one
 * response. If one had none or two, the clients that share the server connection would get each
 * other's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemcacheStepIT {

    private static final long BUDGET_NANOS = 2_000_000_000L;
    private static final String NOOP = "MN\r\n";

    private static final String[] WORDS = {
        "a",
        "k".repeat(250),
        "Zm9v",
        "Zm9vx",
        "@@",
        "\u00ff",
        "\r",
        "0",
        "1",
        "2",
        "3",
        "03",
        "-1",
        "4294967295",
        "99999999999",
        "18446744073709551615",
        "x",
        "noreply",
        "noreply",
        "noreply",
        "noreply\r",
        "\0",
        "noreply\0",
        "q",
        "b",
        "k",
        "v",
        "t",
        "c",
        "s",
        "I",
        "O1",
        "MS",
        "ME",
        "MI",
        "T30",
        "N0",
        "R0",
        "D2",
        "J0",
        "F1",
        "C1",
        "E7",
        "D18446744073709551615",
        "Tx",
        "S3",
        "qx",
        "bb",
        "O" + "o".repeat(40),
        "-",
        "!"
    };

    private final long seed = Long.getLong("bilitw.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final MemcachedServer server = MemcachedServer.onUnixSocket();
    private final MemcacheClient memcached = server.client();

    @AfterAll
    void stop() {
        try (server) {
            memcached.close();
        }
    }

    @Test
    void letsNothingThroughThatHasMoreOrFewerResponsesThanOne() {
        System.out.printf(
                "MemcacheStepIT seed %d (repeat with -Dbilitw.fuzz.seed=%d)%n", seed, seed);
        int sent = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; ) {
            String line = line();
            MemcacheDialogue client =
                    new MemcacheDialogue(
                            new MemcacheSettings("alpha", true, "1"), new SampleFacts(1));
            String request = forServers(client, line);
            if (!request.isEmpty()) {
                boolean isQuiet = client.responseMode() == ResponseMode.QUIET;
                check(request, isQuiet, "seed " + seed + ": " + line);
                sent++;
            }
        }
        assertThat(sent).isGreaterThan(100);
    }

    private String line() {
        StringBuilder line = new StringBuilder(" ".repeat(random.nextInt(3)));
        MemcacheCommand[] rows = MemcacheCommand.values();
        line.append(rows[random.nextInt(rows.length)].lowerName());
        int words = random.nextInt(random.nextInt(20) == 0 ? 30 : 8);
        for (int i = 0; i < words; i++) {
            line.append(" ".repeat(1 + random.nextInt(2)));
            line.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return line.append(random.nextBoolean() ? "\r\n" : "\n").toString();
    }

    /** What a server gets when {@code client} says {@code line}; empty if it gets nothing. */
    private static String forServers(MemcacheDialogue client, String line) {
        MemcacheRequestParser parser = client.parser();
        ByteBuf in = Unpooled.buffer().writeBytes(line.getBytes(ISO_8859_1));
        if (parser.parse(in) == ParseStatus.NEED_MORE) {
            String data = "x".repeat(parser.line().dataBytes()) + "\r\n";
            in.writeCharSequence(data, ISO_8859_1);
            assertThat(parser.parse(in)).as(line).isEqualTo(ParseStatus.COMPLETE);
        }
        return client.handling() == Handling.ANSWER
                ? ""
                : in.toString(parser.start(), parser.length(), ISO_8859_1);
    }

    private void check(String request, boolean isQuiet, String description) {
        memcached.send(request + "mn\r\n");
        String response = memcached.read();
        if (isQuiet && response.equals(NOOP)) {
            return;
        }
        assertThat(response).as(description).isNotEqualTo(NOOP);
        assertThat(memcached.read()).as(description).isEqualTo(NOOP);
    }
}
