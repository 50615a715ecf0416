package io.bilitw.bench.soak;

import java.util.Locale;

/**
 * A figure early and late in a run.
 *
 * @param what the figure and whose it is
 * @param early what it was in the second quarter of a phase
 * @param late what it was in the last quarter
 * @param allowed by how much it may grow
 */
record Comparison(String what, double early, double late, double allowed) {

    static final String TITLE =
            "%-52s %9s %9s %8s %8s".formatted("", "2nd qu.", "last qu.", "growth", "allowed");

    boolean hasGrown() {
        return late - early > allowed;
    }

    /** Returns a row under the {@link #TITLE}. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-52s %9.1f %9.1f %+8.1f %8.1f%s",
                what,
                early,
                late,
                late - early,
                allowed,
                hasGrown() ? "  GROWN" : "");
    }
}
