package io.bilitw.stats;

import java.util.stream.Stream;

/**
 * The figures of several workers about one thing, added up.
 *
 * @param <M> the table
 */
public final class Totals<M extends Enum<M> & Metric> {

    /** The kinds of the rows of a table, which thousands of these objects need. */
    private static final ClassValue<Metric.Kind[]> KINDS =
            new ClassValue<>() {
                @Override
                protected Metric.Kind[] computeValue(Class<?> table) {
                    return Stream.of(table.getEnumConstants())
                            .map(row -> ((Metric) row).kind())
                            .toArray(Metric.Kind[]::new);
                }
            };

    private final Metric.Kind[] kinds;
    private final long[] values;

    Totals(Class<M> table) {
        kinds = KINDS.get(table);
        values = new long[kinds.length];
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
        add(counters.read(), hasEnded);
    }

    void add(Totals<M> other) {
        add(other.values, false);
    }

    private void add(long[] more, boolean hasEnded) {
        for (int i = 0; i < kinds.length; i++) {
            add(i, more[i], hasEnded);
        }
    }

    private void add(int at, long value, boolean hasEnded) {
        switch (kinds[at]) {
            case COUNTER -> values[at] += value;
            case GAUGE -> values[at] += hasEnded ? 0 : value;
            case GREATEST -> values[at] = Math.max(values[at], value);
        }
    }
}
