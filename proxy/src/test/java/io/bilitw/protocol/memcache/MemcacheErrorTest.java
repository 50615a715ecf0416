package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemcacheErrorTest {

    @ParameterizedTest
    @EnumSource
    void isOneLineThatBeginsWithAnErrorWord(MemcacheError error) {
        ByteBuf out = Unpooled.buffer();
        error.write(out, "x\r\ny");
        assertThat(out.toString(ISO_8859_1)).matches("(CLIENT_|SERVER_)?ERROR( [^\r\n{}]+)?\r\n");
    }

    @Test
    void keepsWhatTheClientSaidOnOneLine() {
        ByteBuf out = Unpooled.buffer();
        MemcacheError.UNSUPPORTED_STATS.write(out, "{1}\nSTAT x\r");
        assertThat(out.toString(ISO_8859_1))
                .isEqualTo(
                        "CLIENT_ERROR unsupported 'stats {1} STAT x ', each server has its"
                                + " own\r\n");
    }
}
