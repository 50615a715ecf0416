package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisErrorTest {

    @ParameterizedTest
    @EnumSource
    void isOneLineThatBeginsWithAnErrorWord(RedisError error) {
        assertThat(text(error, "get", "x")).matches("-[A-Z]+ [^\r\n{}]+\r\n");
    }

    @Test
    void fillsInDetailsByTheirNumber() {
        assertThat(text(RedisError.UNSUPPORTED_SUBCOMMAND, "client", "kill"))
                .isEqualTo("-ERR unsupported subcommand 'kill' of 'client'\r\n");
    }

    @Test
    void takesDetailsAsTheyAreButForLineEnds() {
        assertThat(text(RedisError.UNKNOWN_COMMAND, "{2}%s\r\n", "\u00e9{1}"))
                .isEqualTo(
                        "-ERR unknown command '{2}%s  ', with args beginning with: \u00e9{1}\r\n");
    }

    private static String text(RedisError error, String... details) {
        ByteBuf out = Unpooled.buffer();
        error.write(out, details);
        return out.toString(ISO_8859_1);
    }
}
