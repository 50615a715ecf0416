package io.bilitw;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for, with its defaults filled in.
 *
 * @param configFile the file to load or to test
 * @param verbosity the log level, 0 to 11
 * @param logFile the file to log to, or null for stderr
 * @param bufferBytes the size of a buffer, which the C programs call mbuf
 * @param unavailable an option that was given and that the program does not know to obey yet, or
 *     null
 */
record Options(
        boolean showsHelp,
        boolean showsVersion,
        boolean testsConfig,
        Path configFile,
        int verbosity,
        @Nullable Path logFile,
        int bufferBytes,
        @Nullable Option unavailable) {

    private static final int MAX_VERBOSITY = 11;

    /**
     * Reads the command line.
     *
     * @throws OptionException at the first fault
     */
    static Options parse(String... words) throws OptionException {
        Map<Option, String> given = CommandLine.parse(words);
        String tested = given.getOrDefault(Option.TEST_CONF, "");
        String logFile = value(given, Option.OUTPUT);
        return new Options(
                given.containsKey(Option.HELP),
                given.containsKey(Option.VERSION),
                given.containsKey(Option.TEST_CONF),
                Path.of(tested.isEmpty() ? value(given, Option.CONF_FILE) : tested),
                (int) Math.min(MAX_VERBOSITY, Option.parse(value(given, Option.VERBOSE))),
                logFile.isEmpty() ? null : Path.of(logFile),
                (int) Option.parse(value(given, Option.MBUF_SIZE)),
                given.keySet().stream()
                        .filter(option -> !option.isAvailable())
                        .findFirst()
                        .orElse(null));
    }

    private static String value(Map<Option, String> given, Option option) {
        return given.getOrDefault(option, option.byDefault());
    }
}
