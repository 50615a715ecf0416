package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When another parser can go on in the place of one. */
class ReplaceableTest {

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "'get a', true",
        "'set a 0 0 5', true",
        "'set a 0 0 5\r\nval', true",
        "'set a 0 0 5 noreply', true",
        "'set a 0 0 5 noreply\r\nval', false", // noreply is blanked out in the bytes
        "'set a 0 0 5 noreply\r\nvalue\r\n', true",
        "'set a x 0 5\r\nval', false", // wrong: the rest of the value is skipped as it comes
    })
    void isSoWhenTheBytesTellAll(String input, boolean isReplaceable) {
        var parser = new MemcacheRequestParser();
        ByteBuf in = Unpooled.copiedBuffer(input, US_ASCII);
        while (parser.parse(in) == ParseStatus.COMPLETE) {
            in.skipBytes(parser.consumedBytes());
        }

        assertThat(parser.isReplaceable()).isEqualTo(isReplaceable);
    }
}
