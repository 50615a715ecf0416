package io.bilitw.bench.matrix;

import java.util.Locale;

/** How figures are written. */
final class Figures {

    private Figures() {}

    static String two(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** Writes nanoseconds as microseconds. */
    static String micros(double nanos) {
        return two(nanos / 1000);
    }

    static String whole(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }
}
