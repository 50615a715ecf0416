package io.bilitw.stats;

/**
 * A row of a table of figures: an enum constant, whose name in lower case is that of the figure.
 */
public interface Metric {

    /** What becomes of the figures of several workers. */
    enum Kind {
        /** Only goes up; totals add, and those of workers that have ended stay. */
        COUNTER,
        /** Goes up and down; totals add those of living workers. */
        GAUGE,
        /** The latest or greatest of all counts. */
        GREATEST
    }

    /** How it behaves. */
    Kind kind();

    /** What the figure means, in one phrase. */
    String description();

    /** The name of the figure. */
    String label();

    /** How it is shown to Prometheus. */
    Exposition exposition();
}
