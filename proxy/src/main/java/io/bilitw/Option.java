package io.bilitw;

import io.bilitw.os.Processors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line, in the order of the usage text: letters, names, defaults and
 * checks are twemproxy's and those of the C program bilitw (nc.c:nc_get_options). What neither has
 * got has no letter.
 */
enum Option {
    HELP('h', "help", Argument.NONE, "", "this help"),
    VERSION('V', "version", Argument.NONE, "", "show version and exit"),
    TEST_CONF(
            't',
            "test-conf",
            Argument.OPTIONAL_FILE,
            "",
            "test configuration for errors and exit",
            Option::file),
    DAEMONIZE('d', "daemonize", Argument.NONE, "", "run as a daemon"),
    DESCRIBE_STATS('D', "describe-stats", Argument.NONE, "", "print stats description and exit"),
    VERBOSE(
            'v',
            "verbose",
            Argument.NUMBER,
            "5",
            "set logging level (default: %s, min: 0, max: 11)",
            Option::number),
    OUTPUT('o', "output", Argument.FILE, "", "set logging file (default: stderr)", Option::file),
    CONF_FILE(
            'c',
            "conf-file",
            Argument.FILE,
            "/etc/nutcracker.yml",
            "set configuration file (default: %s)",
            Option::file),
    STATS_PORT(
            's',
            "stats-port",
            Argument.NUMBER,
            "22223",
            "set stats monitoring port (default: %s)",
            Option::port),
    STATS_ADDR(
            'a', "stats-addr", Argument.STRING, "0.0.0.0", "set stats monitoring ip (default: %s)"),
    STATS_INTERVAL(
            'i',
            "stats-interval",
            Argument.NUMBER,
            "30000",
            "accepted for twemproxy's sake: figures are always live (default: %s msec)",
            Option::number),
    HTTP_PORT(
            "http-port",
            Argument.NUMBER,
            "",
            "set port of metrics, health and status page (default: stats port + 1, off: 0)",
            Option::portOrNone),
    HTTP_ADDR("http-addr", Argument.STRING, "127.0.0.1", "set ip of the same (default: %s)"),
    PID_FILE('p', "pid-file", Argument.FILE, "", "set pid file (default: off)", Option::file),
    MBUF_SIZE(
            'm',
            "mbuf-size",
            Argument.NUMBER,
            "16384",
            "set size of mbuf chunk in bytes (default: %s bytes)",
            Option::bufferBytes),
    WORKER_NUM(
            'n',
            "worker-num",
            Argument.NUMBER,
            "",
            "set number of workers (default: one for each processor)",
            Option::workers),
    CORE_MASK(
            'M',
            "core-mask",
            Argument.NUMBER,
            "",
            "set processors to use, as the decimal value of a bit mask (default: all)",
            Option::coreMask);

    private static final int MIN_BUFFER_BYTES = 512;
    private static final int MAX_BUFFER_BYTES = 16_777_216;
    private static final int MAX_PORT = 65535;
    private static final char NO_LETTER = 0;

    private final char letter;
    private final String longName;
    private final Argument argument;
    private final String byDefault;
    private final String description;
    private final Check check;

    Option(String longName, Argument argument, String byDefault, String description) {
        this(NO_LETTER, longName, argument, byDefault, description);
    }

    Option(String longName, Argument argument, String byDefault, String description, Check check) {
        this(NO_LETTER, longName, argument, byDefault, description, check);
    }

    Option(char letter, String longName, Argument argument, String byDefault, String description) {
        this(letter, longName, argument, byDefault, description, (_, _) -> null);
    }

    Option(
            char letter,
            String longName,
            Argument argument,
            String byDefault,
            String description,
            Check check) {
        this.letter = letter;
        this.longName = longName;
        this.argument = argument;
        this.byDefault = byDefault;
        this.description = description;
        this.check = check;
    }

    /** Tells whether {@code letter} is the short form. */
    boolean hasLetter(char letter) {
        return this.letter == letter && letter != NO_LETTER;
    }

    /** The option as it is typed in short, for example {@code -v}; in long if it has no letter. */
    String shortForm() {
        return letter == NO_LETTER ? longForm() : "-" + letter;
    }

    /** What the usage text begins the option's line with: the letter, or blanks in its place. */
    String letterColumn() {
        return letter == NO_LETTER ? "   " : "-" + letter + ",";
    }

    /** The option as it is typed in long, for example {@code --verbose}. */
    String longForm() {
        return "--" + longName;
    }

    Argument argument() {
        return argument;
    }

    /** The value of an option that is not given, or nothing. */
    String byDefault() {
        return byDefault;
    }

    /** What the usage text says. */
    String description() {
        return description.formatted(byDefault);
    }

    /** Says what is wrong with a value, or null when it is right. */
    @Nullable String fault(String value) {
        return check.fault(this, value);
    }

    /** Says that the option needs a value, or one of another kind. */
    String requires(String noun) {
        return "option " + shortForm() + " requires " + noun;
    }

    private @Nullable String file(String value) {
        try {
            var _ = Path.of(value);
            return null;
        } catch (InvalidPathException _) {
            return requires(Argument.FILE.noun());
        }
    }

    private @Nullable String number(String value) {
        return parse(value) < 0 ? requires("a number") : null;
    }

    private @Nullable String port(String value) {
        return parse(value) == 0 ? invalidPort(value) : portOrNone(value);
    }

    private @Nullable String portOrNone(String value) {
        long port = parse(value);
        if (port < 0) {
            return requires("a number");
        }
        return port > MAX_PORT ? invalidPort(value) : null;
    }

    private String invalidPort(String value) {
        return "option " + shortForm() + " value " + value + " is not a valid port";
    }

    /** The port behind {@code port}, or 0 if there is none. */
    static int portAfter(int port) {
        return port < MAX_PORT ? port + 1 : 0;
    }

    private @Nullable String bufferBytes(String value) {
        long bytes = parse(value);
        if (bytes <= 0) {
            return requires("a non-zero number");
        }
        return bytes < MIN_BUFFER_BYTES || bytes > MAX_BUFFER_BYTES
                ? "mbuf chunk size must be between "
                        + MIN_BUFFER_BYTES
                        + " and "
                        + MAX_BUFFER_BYTES
                        + " bytes"
                : null;
    }

    private @Nullable String workers(String value) {
        long workers = parse(value);
        int processors = Runtime.getRuntime().availableProcessors();
        if (workers <= 0) {
            return requires("a non-zero number");
        }
        return workers > processors
                ? "bilitw worker process number should be between 1 and " + processors
                : null;
    }

    private @Nullable String coreMask(String value) {
        long mask = parse(value);
        long all = (1L << Math.min(highestProcessor() + 1, 62)) - 1;
        if (mask == 0) {
            return requires("a non-zero number");
        }
        return mask < 0 || mask > all
                ? "bilitw worker process cpu mask should be set between 1 and " + all
                : null;
    }

    private static int highestProcessor() {
        try {
            return Processors.allowed().length() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads digits; -1 for anything else. A number too large to hold is as large as it can be. */
    static long parse(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length() && number < Integer.MAX_VALUE * 1000L; i++) {
            number = number * 10 + (digits.charAt(i) - '0');
        }
        return number;
    }

    @FunctionalInterface
    private interface Check {
        @Nullable String fault(Option option, String value);
    }
}
