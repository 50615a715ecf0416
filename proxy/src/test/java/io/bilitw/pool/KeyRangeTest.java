package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.HashTag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRangeTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "user:{u1}:ids, u1",
                "a{b}{c}, b",
                "a{{x}}1, {x",
                "{x}, x",
                "a{x}, x",
                "a{}{b}, a{}{b}",
                "{}rest, {}rest",
                "{open, {open",
                "open{, open{",
                "close}x, close}x",
                "}r{e, }r{e",
                "}a{b}, b",
                "{, {",
                "{}, {}",
                "plain, plain",
                "``, ``",
            })
    void takesWhatTheTagEncloses(String key, String hashed) {
        assertThat(find(new HashTag((byte) '{', (byte) '}'), key)).isEqualTo(hashed);
    }

    @ParameterizedTest
    @CsvSource({"a$u1$x, u1", "$$x, $$x", "$x, $x", "$a$b$c$, a"})
    void takesWhatTwoEqualBytesEnclose(String key, String hashed) {
        assertThat(find(new HashTag((byte) '$', (byte) '$'), key)).isEqualTo(hashed);
    }

    @Test
    void takesBytesAbove127ForTag() {
        assertThat(find(new HashTag((byte) 0xAB, (byte) 0xBB), "a\u00ABb\u00BBc")).isEqualTo("b");
    }

    @Test
    void takesTheWholeKeyWithoutTag() {
        assertThat(find(null, "a{b}c")).isEqualTo("a{b}c");
    }

    @Test
    void looksForTheTagInTheKeyAlone() {
        ByteBuf in = Unpooled.copiedBuffer("{a}key{b}", ISO_8859_1);
        KeyRange range = new KeyRange(new HashTag((byte) '{', (byte) '}'));

        range.find(in, 3, 6);
        assertThat(in.toString(range.from(), range.to() - range.from(), ISO_8859_1))
                .isEqualTo("key");
        range.find(in, 1, 8);
        assertThat(range.from()).isEqualTo(1);
        assertThat(range.to()).isEqualTo(8);
    }

    private static String find(@Nullable HashTag tag, String key) {
        ByteBuf in = Unpooled.copiedBuffer("##" + key + "##", ISO_8859_1);
        KeyRange range = new KeyRange(tag);
        range.find(in, 2, 2 + key.length());
        return in.toString(range.from(), range.to() - range.from(), ISO_8859_1);
    }
}
