package io.bilitw.terminal;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Numbers in the form in which they are read at a glance: three digits and a unit. A dash stands
 * for a number that is not given.
 */
final class Quantity {

    /** Stands for a number that is not given. */
    static final String NONE = "-";

    private static final List<String> THOUSANDS = List.of("", "k", "M", "G", "T", "P", "E");
    private static final List<String> BYTES =
            List.of(" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB");
    private static final List<String> TIMES = List.of(" us", " ms", " s");

    /** From here on three digits are rounded to 1000. */
    private static final double NEXT_UNIT = 999.5;

    private Quantity() {}

    /** A count, exactly. */
    static String count(long count) {
        return count < 0 ? NONE : Long.toString(count);
    }

    /** A count a second, for example {@code 12.3k}. */
    static String rate(double perSecond) {
        return perSecond < 0 ? NONE : scaled(perSecond, 1000, THOUSANDS, true);
    }

    /** An amount of memory. */
    static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** An amount of memory, for example {@code 1.50 KiB}. */
    static String bytes(double bytes) {
        return bytes < 0 ? NONE : scaled(bytes, 1024, BYTES, false);
    }

    /** A short time. */
    static String micros(long micros) {
        return micros((double) micros);
    }

    /** A short time, for example {@code 1.23 ms}. */
    static String micros(double micros) {
        return micros < 0 ? NONE : scaled(micros, 1000, TIMES, false);
    }

    /**
     * A share in percent, for example {@code 98.7%}; nearly all or nothing is not all or nothing.
     */
    static String percent(long part, long whole) {
        if (part < 0 || whole <= 0) {
            return NONE;
        }
        if (part == 0 || part == whole) {
            return part == 0 ? "0%" : "100%";
        }
        return decimal(Math.clamp(100.0 * part / whole, 0.1, 99.9), 1) + "%";
    }

    /** A long time by its two greatest units, for example {@code 3h 12m}. */
    static String duration(long seconds) {
        if (seconds < 0) {
            return NONE;
        }
        long days = TimeUnit.SECONDS.toDays(seconds);
        long hours = TimeUnit.SECONDS.toHours(seconds) % 24;
        long minutes = TimeUnit.SECONDS.toMinutes(seconds) % 60;
        if (days > 0) {
            return days + "d " + hours + "h";
        }
        if (hours > 0) {
            return hours + "h " + minutes + "m";
        }
        return minutes > 0 ? minutes + "m " + seconds % 60 + "s" : seconds + "s";
    }

    /** Brings a number to the unit in which it has at most three digits before its point. */
    private static String scaled(
            double number, int step, List<String> units, boolean firstHasDecimals) {
        double scaled = number;
        int unit = 0;
        while (scaled >= NEXT_UNIT && unit < units.size() - 1) {
            scaled /= step;
            unit++;
        }
        boolean isWhole = scaled == 0 || (unit == 0 && !firstHasDecimals);
        return decimal(scaled, isWhole ? 0 : decimals(scaled)) + units.get(unit);
    }

    private static int decimals(double number) {
        if (number < 9.995) {
            return 2;
        }
        return number < 99.95 ? 1 : 0;
    }

    private static String decimal(double number, int decimals) {
        int factor = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
        long rounded = Math.round(number * factor);
        String whole = Long.toString(rounded / factor);
        if (decimals == 0) {
            return whole;
        }
        String rest = Long.toString(rounded % factor);
        return whole + "." + "0".repeat(decimals - rest.length()) + rest;
    }
}
