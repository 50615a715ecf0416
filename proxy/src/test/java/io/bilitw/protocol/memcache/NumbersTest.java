package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "999999999",
                "4294967294",
                "4294967295",
                "4199999999",
                "00000000000000000000004294967295",
                "000"
            })
    void takesNumbersUpToTheMost(String text) {
        assertThat(isUpTo(Numbers.MAX_UNSIGNED, text)).isTrue();
        assertThat(isUpTo(Numbers.MAX_UNSIGNED_LONG, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "4294967300", "4300000000", "5000000000", "10000000000"})
    void refusesNumbersOfMoreThan32Bits(String text) {
        assertThat(isUpTo(Numbers.MAX_UNSIGNED, text)).isFalse();
        assertThat(isUpTo(Numbers.MAX_UNSIGNED_LONG, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18446744073709551616",
                "18446744073709551620",
                "18500000000000000000",
                "20000000000000000000",
                "100000000000000000000",
                "",
                "-1",
                "-0",
                "+1",
                "1 ",
                "1x",
                "x",
                "0x1",
                "1.0",
                "1/",
                "1:",
                "\u00b2"
            })
    void refusesWhatIsNoNumberOrTooLarge(String text) {
        assertThat(isUpTo(Numbers.MAX_UNSIGNED_LONG, text)).isFalse();
        assertThat(isUpTo(Numbers.MAX_UNSIGNED, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "-0", "2592001", "999999999999999999", "-999999999999999999"})
    void takesTimesWithMinusSign(String text) {
        assertThat(isExpiry(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--1", "+1", "1-", "-x", "1000000000000000000", "- 1"})
    void refusesWhatIsNoTime(String text) {
        assertThat(isExpiry(text)).isFalse();
    }

    private static boolean isUpTo(String max, String text) {
        return Numbers.isUpTo(max, around(text), 1, 1 + text.length());
    }

    private static boolean isExpiry(String text) {
        return Numbers.isExpiry(around(text), 1, 1 + text.length());
    }

    /** Digits that do not belong to the number stand on both sides of it. */
    private static ByteBuf around(String text) {
        return Unpooled.copiedBuffer("1" + text + "1", ISO_8859_1);
    }
}
