package io.bilitw.stats;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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

    /** All figures by name, in the order of the table. */
    public Map<String, Long> values() {
        Map<String, Long> values = new LinkedHashMap<>();
        for (M metric : table) {
            values.put(metric.name().toLowerCase(Locale.ROOT), value(metric));
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
