package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthLineTest {

    private final LengthLine line = new LengthLine();

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                9,
                10,
                1_000_000_000_000L,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                -1,
                -10,
                Long.MIN_VALUE
            })
    void readsNumber(long number) {
        String digits = Long.toString(number);
        ByteBuf in = Wire.buffer("$" + digits + "\r\nrest");

        assertThat(line.read(in, 1)).isEqualTo(ParseStatus.COMPLETE);
        assertThat(line.value()).isEqualTo(number);
        assertThat(line.end()).isEqualTo(1 + digits.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "1234", "-1", "9223372036854775807"})
    void asksForMoreUntilTheLineEnds(String digits) {
        String whole = digits + "\r\n";
        for (int bytes = 0; bytes < whole.length(); bytes++) {
            assertThat(line.read(Wire.buffer(whole.substring(0, bytes)), 0))
                    .as("after %d bytes", bytes)
                    .isEqualTo(ParseStatus.NEED_MORE);
        }
        assertThat(line.read(Wire.buffer(whole), 0)).isEqualTo(ParseStatus.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n", "-\r\n", "+1\r\n", "--1\r\n", " 1\r\n", "1 \r\n", "1x\r\n", "x\r\n",
                "0x1\r\n", "1\n", "1\r\r\n", "1\rx", "1.0\r\n", "\n"
            })
    void refusesWhatIsNoNumberOnALine(String text) {
        assertThat(line.read(Wire.buffer(text), 0)).isEqualTo(ParseStatus.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "-0", "-01"})
    void refusesLeadingZeroAsRedisDoes(String digits) {
        assertThat(line.read(Wire.buffer(digits + "\r\n"), 0)).isEqualTo(ParseStatus.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "9999999999999999999",
                "-9999999999999999999",
                "18446744073709551617",
                "100000000000000000000"
            })
    void refusesNumberOfMoreThan64Bits(String digits) {
        assertThat(line.read(Wire.buffer(digits + "\r\n"), 0)).isEqualTo(ParseStatus.INVALID);
    }

    @Test
    void refusesTooManyDigitsBeforeTheLineEnds() {
        assertThat(line.read(Wire.buffer("1".repeat(20)), 0)).isEqualTo(ParseStatus.INVALID);
    }

    @Test
    void looksAtNothingBehindTheWrittenBytes() {
        ByteBuf in = Wire.buffer("12\r\n");
        in.writerIndex(2); // the line end is there, but of another message

        assertThat(line.read(in, 0)).isEqualTo(ParseStatus.NEED_MORE);
    }
}
