package io.bilitw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void fillsInDefaults() throws OptionException {
        assertThat(Options.parse())
                .isEqualTo(
                        new Options(
                                false,
                                false,
                                false,
                                false,
                                false,
                                Path.of("/etc/nutcracker.yml"),
                                5,
                                null,
                                16384,
                                null,
                                OptionalInt.empty(),
                                OptionalLong.empty(),
                                "0.0.0.0",
                                22223,
                                "127.0.0.1",
                                22224,
                                false,
                                null,
                                List.of()));
    }

    @Test
    void readsWhatIsGiven() throws OptionException {
        String words =
                "-hVdD -c a.yml -v 7 -o a.log -m 4096 -p a.pid -n 1 -M 1 --stats-port 1"
                        + " --http-port=0 --http-addr ::1";

        assertThat(Options.parse(words.split(" ", -1)))
                .isEqualTo(
                        new Options(
                                true,
                                true,
                                true,
                                false,
                                true,
                                Path.of("a.yml"),
                                7,
                                Path.of("a.log"),
                                4096,
                                Path.of("a.pid"),
                                OptionalInt.of(1),
                                OptionalLong.of(1),
                                "0.0.0.0",
                                1,
                                "::1",
                                0,
                                true,
                                "a.pid",
                                List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "-t, /etc/nutcracker.yml",
        "-t a.yml, a.yml",
        "-t -c b.yml, b.yml",
        "-c b.yml -t, b.yml",
        "-c b.yml -t a.yml, a.yml",
        "-t a.yml -c b.yml, a.yml",
        "--test-conf=a.yml, a.yml",
        "-tc b.yml, b.yml"
    })
    void findsTheFileToTest(String words, Path file) throws OptionException {
        Options options = Options.parse(words.split(" ", -1));

        assertThat(options.testsConfig()).isTrue();
        assertThat(options.configFile()).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "11, 11", "12, 11", "99999999999999999999, 11"})
    void clampsVerbosity(String written, int verbosity) throws OptionException {
        assertThat(Options.parse("-v", written).verbosity()).isEqualTo(verbosity);
    }

    @Test
    void takesAnEmptyLogFileAsStderr() throws OptionException {
        assertThat(Options.parse("-o", "").logFile()).isNull();
    }

    @Test
    void knowsWhereToGiveOutTheFigures() throws OptionException {
        Options options = Options.parse("-s", "12345", "--stats-addr=127.0.0.1", "-i", "0");
        assertThat(options.statsPort()).isEqualTo(12345);
        assertThat(options.statsAddress()).isEqualTo("127.0.0.1");
        assertThat(Options.parse().statsPort()).isEqualTo(22223);
        assertThat(Options.parse().statsAddress()).isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({"-s 1000, 1001", "-s 65535, 0", "--http-port 80, 80", "--http-port=0, 0"})
    void findsThePortForHttp(String words, int port) throws OptionException {
        assertThat(Options.parse(words.split(" ", -1)).httpPort()).isEqualTo(port);
    }
}
