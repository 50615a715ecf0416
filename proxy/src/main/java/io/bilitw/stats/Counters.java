package io.bilitw.stats;

/**
 * The figures of one pool or one server, a word for each row of its metric table. Event-loop
 * confined.
 *
 * @param <M> the table
 */
public final class Counters<M extends Enum<M>> {

    private final long[] words;

    /** Makes the figures for {@code table}, all 0. */
    public Counters(Class<M> table) {
        words = new long[table.getEnumConstants().length];
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
}
