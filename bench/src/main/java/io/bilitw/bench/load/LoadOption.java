package io.bilitw.bench.load;

import java.util.Locale;
import java.util.Map;

/** The options of the load generator, in the order of the usage text. */
enum LoadOption {
    PROTOCOL("redis", 0, 0, "redis or memcached"),
    PORT("", 1, 65_535, "where the server or the proxy listens, on 127.0.0.1"),
    CLIENTS("50", 1, 10_000, "connections, all driven by one thread"),
    REQUESTS("200000", 1, 1_000_000_000, "requests in all"),
    PIPELINE(
            "1",
            1,
            10_000,
            "requests that a client sends at once, before it waits for their responses"),
    BYTES("32", 1, 8 << 20, "bytes of a value"),
    KEYS("100000", 1, KeyDigits.MAX_KEYS, "keys, of which each request has random ones"),
    RATE(
            "0",
            0,
            10_000_000,
            "requests per second, sent whether earlier ones are answered or not, those of a"
                    + " pipeline when the first is due; 0: as fast as the answers come"),
    MILLIS("0", 0, 3_600_000, "time after which no more is sent; 0: only --requests counts"),
    SECONDS("60", 1, 3_600, "time after which the load fails"),
    SEED("1", 0, Integer.MAX_VALUE, "where the row of random keys begins"),
    COMMAND("get", 0, 0, "get, set, or mget:N or mset:N for one of N keys"),
    FILL("", 0, 0, "sets every key once, in order, instead of --command and --requests");

    private final String byDefault;
    private final int min;
    private final int max;
    private final String meaning;

    LoadOption(String byDefault, int min, int max, String meaning) {
        this.byDefault = byDefault;
        this.min = min;
        this.max = max;
        this.meaning = meaning;
    }

    /**
     * Finds the option that is written so.
     *
     * @throws LoadException when there is none
     */
    static LoadOption written(String word) throws LoadException {
        for (LoadOption option : values()) {
            if (option.form().equals(word)) {
                return option;
            }
        }
        throw new LoadException("There is no option " + word + "; --help lists all.");
    }

    /** Returns the option as it is written on the command line. */
    String form() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    boolean takesValue() {
        return this != FILL;
    }

    String text(Map<LoadOption, String> given) {
        return given.getOrDefault(this, byDefault);
    }

    /**
     * Returns the number that is given for the option, or its default.
     *
     * @throws LoadException when it is out of bounds, or no number
     */
    int number(Map<LoadOption, String> given) throws LoadException {
        String text = text(given);
        long number = text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
        if (number < min || number > max) {
            String found = text.isEmpty() ? "nothing" : text;
            throw new LoadException(
                    form() + " wants a number from " + min + " to " + max + ", not " + found + ".");
        }
        return (int) number;
    }

    /** Returns the line of the usage text. */
    String usage() {
        String value = text(Map.of());
        String ending = value.isEmpty() ? "" : " (default: " + value + ")";
        return "  %-11s %s%s".formatted(form(), meaning, ending);
    }
}
