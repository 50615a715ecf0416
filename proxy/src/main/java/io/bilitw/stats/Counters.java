package io.bilitw.stats;

import java.util.Locale;

/**
 * The figures of one pool or one server, a word for each row of its metric table. Event-loop
 * confined.
 *
 * @param <M> the table
 */
public final class Counters<M extends Enum<M>> {

    private final M[] table;
    private final long[] words;

    /** Makes the figures for {@code table}, all 0. */
    public Counters(Class<M> table) {
        this.table = table.getEnumConstants();
        words = new long[this.table.length];
    }

    /** Adds {@code delta}, which may be negative for a figure that goes up and down. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the layout
    public void add(M metric, long delta) {
        words[metric.ordinal()] += delta;
    }

    /** Sets the figure to {@code value}. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the layout
    public void set(M metric, long value) {
        words[metric.ordinal()] = value;
    }

    /** The figure as it is now. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the layout
    public long value(M metric) {
        return words[metric.ordinal()];
    }

    /** All figures in the order of the table, each as {@code name=value}, for a log line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (M metric : table) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(metric.name().toLowerCase(Locale.ROOT))
                    .append('=')
                    .append(value(metric));
        }
        return text.toString();
    }
}
