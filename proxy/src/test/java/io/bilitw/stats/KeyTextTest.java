package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"key:1", "a b", "{u}:x", "\u043a\u043b\u044e\u0447", "\u77ed\u3044"})
    void showsTextAsItIs(String key) {
        assertThat(KeyText.of(key.getBytes(UTF_8))).isEqualTo(key);
    }

    @Test
    void escapesWhatATerminalWouldObey() {
        assertThat(KeyText.of("a\u001b[2J\r\n\t\0\u007fz".getBytes(UTF_8)))
                .isEqualTo("a\\x1b[2J\\x0d\\x0a\\x09\\x00\\x7fz");
        assertThat(KeyText.of("\u202e\u0085".getBytes(UTF_8))) // turns the direction; a control
                .isEqualTo("\\xe2\\x80\\xae\\xc2\\x85");
        assertThat(KeyText.of("a\\x41".getBytes(UTF_8))).isEqualTo("a\\\\x41");
    }

    @Test
    void escapesAllBeyondAsciiWhenSomethingIsNotUtf8() {
        assertThat(KeyText.of("a\u00ff\u00c3\u00a4z".getBytes(ISO_8859_1)))
                .isEqualTo("a\\xff\\xc3\\xa4z");
    }

    @Test
    void showsAnEmptyKey() {
        assertThat(KeyText.of(new byte[0])).isEqualTo("\"\"");
    }

    @Test
    void tellsHowMuchOfAKeyIsMissing() {
        assertThat(KeyText.ofCut("abc".getBytes(UTF_8), 3)).isEqualTo("abc");
        assertThat(KeyText.ofCut("abc".getBytes(UTF_8), 10)).isEqualTo("abc... (7 more bytes)");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void cutsNoLetterInHalf(int kept) {
        byte[] key = "ab\u77ed\u3044".getBytes(UTF_8);
        String shown = kept == 5 ? "ab\u77ed... (3 more bytes)" : "ab... (6 more bytes)";
        assertThat(KeyText.ofCut(Arrays.copyOf(key, kept), key.length)).isEqualTo(shown);
    }

    @Test
    void cutKeyThatIsNoTextIsShownByteByByte() {
        byte[] key = {(byte) 0x80, (byte) 0x81, (byte) 0x82, (byte) 0x83};
        assertThat(KeyText.ofCut(key, 9)).isEqualTo("\\x80\\x81\\x82\\x83... (5 more bytes)");
    }
}
