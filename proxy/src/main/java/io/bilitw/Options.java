package io.bilitw;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for, with its defaults filled in.
 *
 * @param configFile the file to load or to test
 * @param verbosity the log level, 0 to 11
 * @param logFile the file to log to, or null for stderr
 * @param bufferBytes the size of a buffer, which the C programs call mbuf
 * @param pidFile the file for the process id, or null
 * @param workers how many workers, if it says so
 * @param coreMask which processors, if it says so
 * @param statsAddress the address or host name of the stats port
 * @param statsPort the stats port
 * @param httpAddress the address or host name of the HTTP port
 * @param httpPort the HTTP port, or 0 if there shall be none
 * @param wantsHttp whether the HTTP port was asked for
 * @param pool the value of {@code -p} where a command takes it for the name of a pool, or null
 * @param strays the positions of the words that belong to no option: a command and its words
 */
record Options(
        boolean showsHelp,
        boolean showsVersion,
        boolean describesStats,
        boolean testsConfig,
        boolean daemonizes,
        Path configFile,
        int verbosity,
        @Nullable Path logFile,
        int bufferBytes,
        @Nullable Path pidFile,
        OptionalInt workers,
        OptionalLong coreMask,
        String statsAddress,
        int statsPort,
        String httpAddress,
        int httpPort,
        boolean wantsHttp,
        @Nullable String pool,
        List<Integer> strays) {

    private static final int MAX_VERBOSITY = 11;

    /**
     * Reads the command line.
     *
     * @throws OptionException at the first fault
     */
    static Options parse(String... words) throws OptionException {
        CommandLine line = CommandLine.parse(words);
        Map<Option, String> given = line.given();
        String tested = given.getOrDefault(Option.TEST_CONF, "");
        String workers = value(given, Option.WORKER_NUM);
        String mask = value(given, Option.CORE_MASK);
        return new Options(
                given.containsKey(Option.HELP),
                given.containsKey(Option.VERSION),
                given.containsKey(Option.DESCRIBE_STATS),
                given.containsKey(Option.TEST_CONF),
                given.containsKey(Option.DAEMONIZE),
                Path.of(tested.isEmpty() ? value(given, Option.CONF_FILE) : tested),
                (int) Math.min(MAX_VERBOSITY, Option.parse(value(given, Option.VERBOSE))),
                file(given, Option.OUTPUT),
                (int) Option.parse(value(given, Option.MBUF_SIZE)),
                file(given, Option.PID_FILE),
                workers.isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) Option.parse(workers)),
                mask.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Option.parse(mask)),
                value(given, Option.STATS_ADDR),
                (int) Option.parse(value(given, Option.STATS_PORT)),
                value(given, Option.HTTP_ADDR),
                httpPort(given),
                given.containsKey(Option.HTTP_PORT),
                given.get(Option.PID_FILE),
                List.copyOf(line.strays()));
    }

    private static int httpPort(Map<Option, String> given) {
        String port = value(given, Option.HTTP_PORT);
        return port.isEmpty()
                ? Option.portAfter((int) Option.parse(value(given, Option.STATS_PORT)))
                : (int) Option.parse(port);
    }

    private static @Nullable Path file(Map<Option, String> given, Option option) {
        String name = value(given, option);
        return name.isEmpty() ? null : Path.of(name);
    }

    private static String value(Map<Option, String> given, Option option) {
        return given.getOrDefault(option, option.byDefault());
    }
}
