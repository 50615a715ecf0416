package io.bilitw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bilitw.terminal.StatsPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command lines of {@code bilitw stats} and {@code bilitw top}. */
class TerminalOptionsTest {

    @Test
    void hasDefaults() throws OptionException {
        assertThat(parse("top"))
                .isEqualTo(
                        new TerminalOptions(
                                false,
                                new StatsPort("127.0.0.1", 22223),
                                1000,
                                Long.MAX_VALUE,
                                null));
    }

    @ParameterizedTest
    @CsvSource({
        "top -a ::1 -s 1 -i 100 -n 3",
        "top -a::1 -s1 -i100 -n3",
        "top --stats-addr ::1 --stats-port=1 --interval=100 --count 3",
        "top -n 9 -a :: -s1 -i 100 -n3"
    })
    void readsOptions(String words) throws OptionException {
        assertThat(parse(words))
                .isEqualTo(new TerminalOptions(false, new StatsPort("::1", 1), 100, 3, null));
    }

    @Test
    void readsAPool() throws OptionException {
        assertThat(parse("stats alpha -s 1").pool()).isEqualTo("alpha");
        assertThat(parse("stats").pool()).isNull();
    }

    @Test
    void asksAtTheLoopbackWhatListensEverywhere() throws OptionException {
        assertThat(parse("stats -a 0.0.0.0").port()).hasToString("127.0.0.1:22223");
        assertThat(parse("stats -a ::").port()).hasToString("[::1]:22223");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stats -s x | option -s requires a number",
                "stats -s 65536 | option -s value 65536 is not a valid port",
                "stats -s | option -s requires a value",
                "stats -n 3 | stats has no option '-n'",
                "top --wide | top has no option '--wide'",
                "top - | top has no option '-'",
                "top alpha | top has no use for the word 'alpha'",
                "stats alpha beta | stats has no use for the word 'beta'",
                "top -i 99 | option -i requires a number of milliseconds, at least 100",
                "top -n 0 | option -n requires a non-zero number"
            })
    void saysWhatIsWrong(String words, String sentence) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(OptionException.class)
                .hasMessage(sentence);
    }

    private static TerminalOptions parse(String words) throws OptionException {
        return TerminalOptions.parse(words.split(" ", -1));
    }
}
