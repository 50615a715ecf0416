package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.ProxiedMemcached;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long lines that a memcached closes on when they do not come in one piece, sent over a connection
 * to it that many clients share.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemcacheLongLinesIT {

    /** A number of blanks. */
    private static final Pattern BLANKS = Pattern.compile("B(\\d+)");

    /** More than a memcached reads at once. */
    private static final String KEYS = "key ".repeat(5000);

    private final ProxiedMemcached proxied = ProxiedMemcached.start(1);
    private final MemcacheClient client = proxied.client();

    @AfterAll
    void stop() {
        try (proxied) {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get K",
                "gets K",
                "gat 0 K",
                "B101get K",
                "B240gets K",
                "B2000get a b",
                "get B20000a b",
                "gat 0 B20000a b",
                "gat 0 a B20000b",
                "gat 0 a B20000",
                "get B20000a",
                "gat B200 0 K",
                "gat 0 a\0K"
            })
    void answersReadsThatAServerWouldCloseOn(String read) {
        String line =
                BLANKS.matcher(read)
                        .replaceAll(count -> " ".repeat(Integer.parseInt(count.group(1))))
                        .replace("K", KEYS);
        assertThat(client.call(line + "\r\n")).isEqualTo("END\r\n");
    }

    @Test
    void answersLineOfJustTheLimitThatEndsInLineFeedAlone() {
        String blanks = " ".repeat(1000);
        String keys = " key".repeat(261);
        assertThat(client.call(blanks + "get" + keys + "\n")).isEqualTo("END\r\n");
    }
}
