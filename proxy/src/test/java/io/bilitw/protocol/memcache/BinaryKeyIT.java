package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys in base64 as the proxy reads them, against what a real memcached makes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BinaryKeyIT {

    private static final long BUDGET_NANOS = 1_000_000_000L;
    private static final String STRANGE = "-_@:\u00ff";

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
    void findsTheKeyThatMemcachedFinds() {
        System.out.printf("BinaryKeyIT seed %d (repeat with -Dbilitw.fuzz.seed=%d)%n", seed, seed);
        int keys = 0;
        for (long end = System.nanoTime() + BUDGET_NANOS; System.nanoTime() < end; keys++) {
            byte[] key = new byte[1 + random.nextInt(180)];
            random.nextBytes(key);
            String text = withStrangeLetters(Base64.getEncoder().encodeToString(key));
            assertThat(memcached.call("ms " + text + " 0 b k\r\n\r\n"))
                    .as("seed %d", seed)
                    .isEqualTo("HD k" + keyOf(text) + " b\r\n");
        }
        assertThat(keys).isGreaterThan(100);
    }

    /** Both skip letters that are none of base64. */
    private String withStrangeLetters(String text) {
        StringBuilder strange = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0; i--) {
            char letter = STRANGE.charAt(random.nextInt(STRANGE.length()));
            strange.insert(random.nextInt(text.length() - 3), letter);
        }
        return strange.toString();
    }

    /** The key by which the proxy chooses the server of {@code text}, in plain base64. */
    private static String keyOf(String text) {
        MemcacheRequestParser parser = new MemcacheRequestParser();
        ByteBuf in = Unpooled.copiedBuffer("mg " + text + " b\r\n", ISO_8859_1);
        parser.parse(in);
        byte[] key = new byte[parser.keyTo(0) - parser.keyFrom(0)];
        parser.keySource().getBytes(parser.keyFrom(0), key);
        return Base64.getEncoder().encodeToString(key);
    }
}
