package io.bilitw.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bilitw.bench.process.BenchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakOptionsTest {

    private static final Path HOME = Path.of("home");

    @Test
    void takesTenMinutesByDefault() throws BenchException {
        assertThat(SoakOptions.parse(HOME, Arrays.asList()))
                .isEqualTo(new SoakOptions(HOME, Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @CsvSource({"1, 60", "0.2, 12", "10080, 604800", "1.5, 90"})
    void takesMinutesAndPartsOfThem(String word, long seconds) throws BenchException {
        assertThat(parse(word).time()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 'The minutes are a number from 0.2 to 10080, not 0.1.'",
        "10081, 'The minutes are a number from 0.2 to 10080, not 10081.'",
        "ten, 'The minutes are a number from 0.2 to 10080, not ten.'",
        "--minutes, There is no option --minutes; --help says more.",
        "1 2, 'One number of minutes is enough, not 1 2.'"
    })
    void saysWhatIsWrong(String words, String sentence) {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> parse(words))
                .withMessage(sentence);
    }

    private static SoakOptions parse(String words) throws BenchException {
        return SoakOptions.parse(HOME, Arrays.asList(words.split(" ", -1)));
    }
}
