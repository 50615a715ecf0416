package io.bilitw.protocol.memcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of commands against a real memcached: which numbers of words it takes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemcacheCommandIT {

    private static final int MOST_WORDS = 12;

    private final MemcachedServer server = MemcachedServer.start();
    private final MemcacheClient memcached = server.client();

    @AfterAll
    void stop() {
        try (server) {
            memcached.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"QUIT", "STATS"})
    void takesAsManyWordsAsMemcached(MemcacheCommand row) {
        if (row.shape() == Shape.REFUSED) {
            assertThat(row.acceptsWords(1)).isTrue(); // refused whatever it says
            return;
        }
        for (int words = 1; words <= MOST_WORDS; words++) {
            String line = row.lowerName() + " x".repeat(words - 1);
            String answer = memcached.call(line + "\r\n");
            assertThat(answer.equals("ERROR\r\n")).as(line).isEqualTo(!row.acceptsWords(words));
        }
    }
}
