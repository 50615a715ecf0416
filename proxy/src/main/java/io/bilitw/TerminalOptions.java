package io.bilitw;

import io.bilitw.terminal.StatsPort;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command lines of {@code bilitw stats} and {@code bilitw top} ask for.
 *
 * <p>Their {@code -a} and {@code -s} are those of the proxy, whose stats port they look at; {@code
 * -i} and {@code -n} have a meaning of their own.
 *
 * @param port where the figures are
 * @param intervalMillis the time between two looks
 * @param refreshes how often the table is shown
 * @param pool the pool to show, or null for all
 */
record TerminalOptions(
        boolean showsHelp,
        StatsPort port,
        long intervalMillis,
        long refreshes,
        @Nullable String pool) {

    static final String STATS = "stats";
    static final String TOP = "top";

    static final String USAGE =
            """
            Usage: bilitw stats [-h] [-a stats addr] [-s stats port] [pool]
                   bilitw top   [-h] [-a stats addr] [-s stats port] [-i msec] [-n refreshes]

            stats prints the figures of a running bilitw or twemproxy once, counted since its start.
            top shows, again and again, what happens a second; q or Ctrl-C ends it. hits and mean (of
            the latencies) are those of the last interval, p99 is that since the start. A twemproxy renews
            its figures only every -i msec of its own command line.

            Options:
              -h, --help             : this help
              -a, --stats-addr=S     : where its stats port is (default: 127.0.0.1)
              -s, --stats-port=N     : the number of its stats port (default: 22223)
              -i, --interval=N       : time from one look to the next in msec (default: 1000, min: 100)
              -n, --count=N          : end after so many refreshes (default: never)

            """;

    private static final String DEFAULT_ADDRESS = "127.0.0.1";
    private static final int DEFAULT_PORT = 22223;
    private static final long DEFAULT_INTERVAL_MILLIS = 1_000;
    private static final long MIN_INTERVAL_MILLIS = 100;

    /** Reads the command line, whose first word is the command. */
    static TerminalOptions parse(String... words) throws OptionException {
        return new Line(words).parse();
    }

    /** An option of these commands. */
    private enum Switch {
        HELP('h', "help"),
        ADDRESS('a', "stats-addr"),
        PORT('s', "stats-port"),
        INTERVAL('i', "interval"),
        COUNT('n', "count");

        private final char letter;
        private final String longForm;

        Switch(char letter, String longName) {
            this.letter = letter;
            longForm = "--" + longName;
        }

        boolean isOf(String command) {
            return command.equals(TOP) || (this != INTERVAL && this != COUNT);
        }

        /** Says what is wrong with a value, or null when it is right. */
        @Nullable String fault(String value) {
            return switch (this) {
                case HELP, ADDRESS -> null;
                case PORT -> Option.STATS_PORT.fault(value);
                case INTERVAL ->
                        Option.parse(value) < MIN_INTERVAL_MILLIS
                                ? "option -i requires a number of milliseconds, at least "
                                        + MIN_INTERVAL_MILLIS
                                : null;
                case COUNT ->
                        Option.parse(value) <= 0 ? "option -n requires a non-zero number" : null;
            };
        }
    }

    /** A command line on the way through its words. */
    private static final class Line {

        private final String[] words;
        private final Map<Switch, String> given = new EnumMap<>(Switch.class);
        private @Nullable String pool;
        private int next = 1;

        private Line(String... words) {
            this.words = words;
        }

        private TerminalOptions parse() throws OptionException {
            while (next < words.length) {
                String word = words[next++];
                if (word.startsWith("--")) {
                    int equals = word.indexOf('=');
                    Switch option = find(equals < 0 ? word : word.substring(0, equals));
                    take(option, equals < 0 ? null : word.substring(equals + 1));
                } else if (word.startsWith("-")) {
                    Switch option = find(word.substring(0, Math.min(2, word.length())));
                    take(option, word.length() > 2 ? word.substring(2) : null);
                } else if (words[0].equals(STATS) && pool == null) {
                    pool = word;
                } else {
                    throw new OptionException(words[0] + " has no use for the word '" + word + "'");
                }
            }
            return new TerminalOptions(
                    given.containsKey(Switch.HELP),
                    new StatsPort(
                            given.getOrDefault(Switch.ADDRESS, DEFAULT_ADDRESS),
                            (int) number(Switch.PORT, DEFAULT_PORT)),
                    number(Switch.INTERVAL, DEFAULT_INTERVAL_MILLIS),
                    number(Switch.COUNT, Long.MAX_VALUE),
                    pool);
        }

        private Switch find(String form) throws OptionException {
            return Arrays.stream(Switch.values())
                    .filter(option -> option.isOf(words[0]))
                    .filter(option ->
                            form.equals(option.longForm) || form.equals("-" + option.letter))
                    .findFirst()
                    .orElseThrow(
                            () -> new OptionException(words[0] + " has no option '" + form + "'"));
        }

        /** Notes an option, with the next word as its value if that is not attached. */
        private void take(Switch option, @Nullable String attached) throws OptionException {
            String value = attached;
            if (option == Switch.HELP) {
                value = "";
            } else if (value == null) {
                if (next == words.length) {
                    throw new OptionException("option -" + option.letter + " requires a value");
                }
                value = words[next++];
            }
            String fault = option.fault(value);
            if (fault != null) {
                throw new OptionException(fault);
            }
            given.put(option, value);
        }

        private long number(Switch option, long byDefault) {
            String digits = given.get(option);
            return digits == null ? byDefault : Option.parse(digits);
        }
    }
}
