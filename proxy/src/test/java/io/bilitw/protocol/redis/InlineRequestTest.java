package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds lines of words against what redis makes of them (sds.c:sdssplitargs). */
class InlineRequestTest {

    /** A line, and the words that redis finds in it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(String text, String... words) {

        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Line> lines() {
        return Stream.of(
                new Line(""),
                new Line("   "),
                new Line("\r"),
                new Line("PING", "PING"),
                new Line("PING\r", "PING"),
                new Line("  get   key  ", "get", "key"),
                new Line("get\tkey", "get", "key"),
                new Line("get\u000b\fkey", "get\u000b\fkey"),
                new Line("get \u000b\f key", "get", "key"),
                new Line("set k \"\"", "set", "k", ""),
                new Line("set k ''", "set", "k", ""),
                new Line("set k \"a b\"", "set", "k", "a b"),
                new Line("set k 'a b'", "set", "k", "a b"),
                new Line("set k \"a b\"\u000bc", "set", "k", "a b", "c"),
                new Line("set k a\"b c\"", "set", "k", "ab c"),
                new Line("set k a'b c'", "set", "k", "ab c"),
                new Line("set k \"'\" '\"'", "set", "k", "'", "\""),
                new Line("set k \"\\n\\r\\t\\b\\a\"", "set", "k", "\n\r\t\b\u0007"),
                new Line("set k \"\\\\ \\\" \\q\"", "set", "k", "\\ \" q"),
                new Line("set k \"\\x00\\xfF\\x7a\"", "set", "k", "\u0000ÿz"),
                new Line("set k \"\\xg0\\x1\"", "set", "k", "xg0x1"),
                new Line("set k '\\'\\n'", "set", "k", "'\\n"),
                new Line("set k \\x41\\n", "set", "k", "\\x41\\n"),
                new Line("set k é", "set", "k", "é"),
                new Line("get a\u0000 b", "get", "a"),
                new Line("\u0000 get a"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void splitsAsRedis(Line line) {
        assertThat(toArray(line.text)).isEqualTo(Wire.array(line.words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set k \"",
                "set k '",
                "set k \"a",
                "set k 'a",
                "set k \"a\\",
                "set k \"a\\\"",
                "set k 'a\\'",
                "set k \"a\"b",
                "set k 'a'b",
                "set k \"a\"\"b\"",
                "set k \"a\u0000b\"",
                "set k \"a\\\u0000\"",
            })
    void refusesQuoteThatIsNotClosedAtTheEndOfItsWord(String line) {
        assertThat(toArray(line)).isNull();
    }

    @Test
    void looksAtItsOwnBytesOnly() {
        ByteBuf in = Wire.buffer("xxget \"a\\x41\\x4\"1 zz");

        ByteBuf array = Objects.requireNonNull(InlineRequest.toArray(in, 2, 16));

        assertThat(array.toString(ISO_8859_1)).isEqualTo(Wire.array("get", "aAx4"));
        assertThat(in.readerIndex()).isZero();
    }

    private static @Nullable String toArray(String line) {
        ByteBuf in = Wire.buffer(line);
        ByteBuf array = InlineRequest.toArray(in, 0, in.writerIndex());
        return array == null ? null : array.toString(ISO_8859_1);
    }
}
