package io.bilitw.stats;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a worker, a pool or a server, a word for each row of its metric table. One thread
 * writes; any may read.
 *
 * @param <M> the table
 */
public final class Counters<M extends Enum<M> & Metric> {

    private final M[] table;
    private final Words words;

    /** Makes figures for {@code table} that only this process sees, all 0. */
    public Counters(Class<M> table) {
        this(table, Words.inProcess(table.getEnumConstants().length));
    }

    /** The figures of {@code table} that lie in {@code words}. */
    Counters(Class<M> table, Words words) {
        this.table = table.getEnumConstants();
        this.words = words.slice(0, this.table.length);
    }

    /** Adds {@code delta}, which may be negative for a figure that goes up and down. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the layout
    public void add(M metric, long delta) {
        words.add(metric.ordinal(), delta);
    }

    /** Adds to two figures at once, which is cheaper. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the layout
    public void add(M metric, long delta, M other, long otherDelta) {
        words.add(metric.ordinal(), delta, other.ordinal(), otherDelta);
    }

    /** Sets the figure to {@code value}. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the layout
    public void set(M metric, long value) {
        words.set(metric.ordinal(), value);
    }

    /** The figure as it is now. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the layout
    public long value(M metric) {
        return words.get(metric.ordinal());
    }

    /** All figures as they are now, in the order of the table. */
    long[] read() {
        long[] values = new long[table.length];
        words.read(0, values);
        return values;
    }

    /** All figures by name, in the order of the table. */
    public Map<String, Long> values() {
        Map<String, Long> values = new LinkedHashMap<>();
        for (M metric : table) {
            values.put(metric.label(), value(metric));
        }
        return values;
    }

    /** All figures in the order of the table, each as {@code name=value}, for a log line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values().forEach((name, value) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return text.toString();
    }
}
