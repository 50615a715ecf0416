package io.bilitw.stats;

/**
 * The figures of several workers about one thing, added up.
 *
 * @param <M> the table
 */
public final class Totals<M extends Enum<M> & Metric> {

    private final M[] table;
    private final long[] values;

    Totals(Class<M> table) {
        this.table = table.getEnumConstants();
        values = new long[this.table.length];
    }

    /** The figure. */
    @SuppressWarnings("EnumOrdinal") // an index into figures in the order of the rows
    public long value(M metric) {
        return values[metric.ordinal()];
    }

    /** The figure of a row of the table. */
    long value(int row) {
        return values[row];
    }

    /** Adds the figures of a worker; of one that has ended, those that are not gone with it. */
    void add(Counters<M> counters, boolean hasEnded) {
        for (int i = 0; i < table.length; i++) {
            add(i, counters.value(table[i]), hasEnded);
        }
    }

    void add(Totals<M> other) {
        for (int i = 0; i < table.length; i++) {
            add(i, other.values[i], false);
        }
    }

    private void add(int at, long value, boolean hasEnded) {
        switch (table[at].kind()) {
            case COUNTER -> values[at] += value;
            case GAUGE -> values[at] += hasEnded ? 0 : value;
            case GREATEST -> values[at] = Math.max(values[at], value);
        }
    }
}
