package io.bilitw.stats;

import java.util.Locale;

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

    /**
     * What a row says.
     *
     * @param label the name of the figure
     * @param kind how it behaves
     * @param description what the figure means, in one phrase
     * @param exposition how it is shown to Prometheus
     */
    record Row(String label, Kind kind, String description, Exposition exposition) {

        static Row of(String constant, Kind kind, String description, Exposition exposition) {
            return new Row(constant.toLowerCase(Locale.ROOT), kind, description, exposition);
        }
    }

    /** What the row says. */
    Row row();

    /** The name of the figure. */
    default String label() {
        return row().label();
    }

    /** How it behaves. */
    default Kind kind() {
        return row().kind();
    }

    /** What the figure means, in one phrase. */
    default String description() {
        return row().description();
    }

    /** How it is shown to Prometheus. */
    default Exposition exposition() {
        return row().exposition();
    }
}
