package io.bilitw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of options, and each fault of the command line in its exact words. */
class CommandLineTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @ParameterizedTest
    @MethodSource
    void readsOptions(String words, Map<Option, String> given) throws OptionException {
        assertThat(CommandLine.parse(split(words)).given()).isEqualTo(given);
    }

    static Stream<Arguments> readsOptions() {
        return Stream.of(
                arguments("", Map.of()),
                arguments("-v6", Map.of(Option.VERBOSE, "6")),
                arguments("-v 6", Map.of(Option.VERBOSE, "6")),
                arguments("--verbose=6", Map.of(Option.VERBOSE, "6")),
                arguments("--verbose 6", Map.of(Option.VERBOSE, "6")),
                arguments("--verb=6", Map.of(Option.VERBOSE, "6")),
                arguments("--verb 6", Map.of(Option.VERBOSE, "6")),
                arguments("--conf a.yml", Map.of(Option.CONF_FILE, "a.yml")),
                arguments("--stats-i 5", Map.of(Option.STATS_INTERVAL, "5")),
                arguments("--test", Map.of(Option.TEST_CONF, "")),
                arguments("-v1 -v 2 --verbose=3", Map.of(Option.VERBOSE, "3")),
                arguments("-hV", Map.of(Option.HELP, "", Option.VERSION, "")),
                arguments("-dv11", Map.of(Option.DAEMONIZE, "", Option.VERBOSE, "11")),
                arguments("-dv 11", Map.of(Option.DAEMONIZE, "", Option.VERBOSE, "11")),
                arguments("stray -d words", Map.of(Option.DAEMONIZE, "")),
                arguments("-", Map.of()),
                arguments("-d -- -V", Map.of(Option.DAEMONIZE, "")),
                arguments("-o -v", Map.of(Option.OUTPUT, "-v")),
                arguments("-c --", Map.of(Option.CONF_FILE, "--")),
                arguments("-o ''", Map.of(Option.OUTPUT, "")),
                arguments("--output=", Map.of(Option.OUTPUT, "")),
                arguments("-o a=b", Map.of(Option.OUTPUT, "a=b")),
                arguments("--output=a=b", Map.of(Option.OUTPUT, "a=b")),
                arguments("-t", Map.of(Option.TEST_CONF, "")),
                arguments("-t a.yml", Map.of(Option.TEST_CONF, "a.yml")),
                arguments("--test-conf a.yml", Map.of(Option.TEST_CONF, "a.yml")),
                arguments("--test-conf=a.yml", Map.of(Option.TEST_CONF, "a.yml")),
                arguments("-t -c a.yml", Map.of(Option.TEST_CONF, "", Option.CONF_FILE, "a.yml")),
                arguments("-tc a.yml", Map.of(Option.TEST_CONF, "", Option.CONF_FILE, "a.yml")),
                arguments("-Vt a.yml", Map.of(Option.VERSION, "", Option.TEST_CONF, "a.yml")),
                arguments(
                        "-s 1 -a ::1 -i 0",
                        Map.of(
                                Option.STATS_PORT,
                                "1",
                                Option.STATS_ADDR,
                                "::1",
                                Option.STATS_INTERVAL,
                                "0")),
                arguments(
                        "-s 65535 -p x.pid",
                        Map.of(Option.STATS_PORT, "65535", Option.PID_FILE, "x.pid")),
                arguments("-m 512", Map.of(Option.MBUF_SIZE, "512")),
                arguments("-m 16777216", Map.of(Option.MBUF_SIZE, "16777216")),
                arguments("-n 1 -M 1", Map.of(Option.WORKER_NUM, "1", Option.CORE_MASK, "1")),
                arguments("-n " + PROCESSORS, Map.of(Option.WORKER_NUM, "" + PROCESSORS)),
                arguments(
                        "-v 99999999999999999999", Map.of(Option.VERBOSE, "99999999999999999999")));
    }

    @ParameterizedTest
    @MethodSource
    void findsWordsThatBelongToNoOption(String words, List<Integer> positions)
            throws OptionException {
        assertThat(CommandLine.parse(split(words)).strays()).isEqualTo(positions);
    }

    static Stream<Arguments> findsWordsThatBelongToNoOption() {
        return Stream.of(
                arguments("-d -v 6", List.of()),
                arguments("where -c a.yml k1 -v6 k2", List.of(0, 3, 5)),
                arguments("where -", List.of(0, 1)),
                arguments("where '' -t a.yml", List.of(0, 1)),
                arguments("where -- -v -- k", List.of(0, 2, 3, 4)));
    }

    @ParameterizedTest
    @MethodSource
    void rejectsOptions(String words, String sentence) {
        assertThatThrownBy(() -> CommandLine.parse(split(words)))
                .isInstanceOf(OptionException.class)
                .hasMessage(sentence);
    }

    static Stream<Arguments> rejectsOptions() {
        long mask = (1L << PROCESSORS) - 1;
        String maskRange = "bilitw worker process cpu mask should be set between 1 and " + mask;
        String workerRange = "bilitw worker process number should be between 1 and " + PROCESSORS;
        String bufferRange = "mbuf chunk size must be between 512 and 16777216 bytes";
        return Stream.of(
                arguments("-v x", "option -v requires a number"),
                arguments("-v -1", "option -v requires a number"),
                arguments("-v ''", "option -v requires a number"),
                arguments("-v 0x1", "option -v requires a number"),
                arguments("-s ten", "option -s requires a number"),
                arguments("-i 1.5", "option -i requires a number"),
                arguments("-s 0", "option -s value 0 is not a valid port"),
                arguments("--http-port x", "option --http-port requires a number"),
                arguments("--http-port=", "option --http-port requires a number"),
                arguments(
                        "--http-port 65536", "option --http-port value 65536 is not a valid port"),
                arguments("--http", "invalid option -- '--http'"),
                arguments("-s 65536", "option -s value 65536 is not a valid port"),
                arguments("-s 99999999999", "option -s value 99999999999 is not a valid port"),
                arguments("-m x", "option -m requires a non-zero number"),
                arguments("-m 0", "option -m requires a non-zero number"),
                arguments("-m 511", bufferRange),
                arguments("-m 16777217", bufferRange),
                arguments("-m 99999999999999999999", bufferRange),
                arguments("-n x", "option -n requires a non-zero number"),
                arguments("-n 0", "option -n requires a non-zero number"),
                arguments("-n " + (PROCESSORS + 1), workerRange),
                arguments("-M 0", "option -M requires a non-zero number"),
                arguments("-M x", maskRange),
                arguments("-M " + (mask + 1), maskRange),
                arguments("-o", "option -o requires a file name"),
                arguments("-c", "option -c requires a file name"),
                arguments("-p", "option -p requires a file name"),
                arguments("--conf-file", "option -c requires a file name"),
                arguments("-c a\u0000b", "option -c requires a file name"),
                arguments("-m", "option -m requires a number"),
                arguments("-v", "option -v requires a number"),
                arguments("-s", "option -s requires a number"),
                arguments("-i", "option -i requires a number"),
                arguments("-n", "option -n requires a number"),
                arguments("-M", "option -M requires a number"),
                arguments("-a", "option -a requires a string"),
                arguments("-Z", "invalid option -- 'Z'"),
                arguments("-dZ", "invalid option -- 'Z'"),
                arguments("-?", "invalid option -- '?'"),
                arguments("-h7", "invalid option -- '7'"),
                arguments("--bogus", "invalid option -- '--bogus'"),
                arguments("--bogus=1", "invalid option -- '--bogus'"),
                arguments("--stats", "invalid option -- '--stats'"),
                arguments("--help=1", "invalid option -- '--help'"),
                arguments("--=1", "invalid option -- '--'"),
                arguments("-v x -Z", "option -v requires a number"),
                arguments("-Z -v x", "invalid option -- 'Z'"));
    }

    /** What {@link CommandLine} takes for granted when it looks for shortened names. */
    @ParameterizedTest
    @EnumSource
    void noLongNameBeginsAnother(Option option) {
        assertThat(Option.values())
                .filteredOn(other -> other.longForm().startsWith(option.longForm()))
                .containsExactly(option);
    }

    @Test
    void lettersDiffer() {
        assertThat(Arrays.stream(Option.values()).map(Option::shortForm)).doesNotHaveDuplicates();
    }

    private static String[] split(String words) {
        return words.isEmpty()
                ? new String[0]
                : Arrays.stream(words.split(" "))
                        .map(word -> word.equals("''") ? "" : word)
                        .toArray(String[]::new);
    }
}
