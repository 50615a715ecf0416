package io.bilitw.admin;

import io.bilitw.stats.Latencies;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.PoolTotals;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.ServerTotals;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What happened in a pool in each of the last so many seconds. For one thread. */
final class PoolSamples {

    /** What is kept of a second. */
    private enum Column {
        REQUESTS_PER_SECOND,
        P50_US,
        P99_US,
        P999_US,
        ERRORS_PER_SECOND,
        CLIENT_CONNECTIONS;

        private final String label = name().toLowerCase(Locale.ROOT);
    }

    private static final int COLUMNS = Column.values().length;

    private final int count;
    private final float[] values;
    private Latencies lastLatencies;
    private long lastErrors;

    /** Begins with the pool as it is, and without samples. */
    PoolSamples(int count, PoolTotals pool) {
        this.count = count;
        values = new float[count * COLUMNS];
        lastLatencies = pool.latencies();
        lastErrors = errors(pool);
    }

    /** Notes as sample {@code at} what has happened since the last time. */
    void add(int at, PoolTotals pool, double seconds) {
        Latencies latencies = pool.latencies().since(lastLatencies);
        long errors = errors(pool);
        set(at, Column.REQUESTS_PER_SECOND, rate(latencies.count(), seconds));
        set(at, Column.P50_US, (double) latencies.percentileMicros(0.5));
        set(at, Column.P99_US, (double) latencies.percentileMicros(0.99));
        set(at, Column.P999_US, (double) latencies.percentileMicros(0.999));
        set(at, Column.ERRORS_PER_SECOND, rate(errors - lastErrors, seconds));
        set(
                at,
                Column.CLIENT_CONNECTIONS,
                (double) pool.counters().value(PoolMetric.CLIENT_CONNECTIONS));
        lastLatencies = pool.latencies();
        lastErrors = errors;
    }

    /** How many a second, to one decimal; what has begun anew counts as nothing. */
    static double rate(long more, double seconds) {
        return Math.round(Math.max(0, more) / Math.max(seconds, 0.001) * 10) / 10.0;
    }

    private static long errors(PoolTotals pool) {
        long errors =
                pool.counters().value(PoolMetric.FORWARD_ERROR)
                        + pool.counters().value(PoolMetric.CLIENT_ERR);
        for (ServerTotals server : pool.servers()) {
            errors +=
                    server.counters().value(ServerMetric.SERVER_ERR)
                            + server.counters().value(ServerMetric.SERVER_TIMEDOUT);
        }
        return errors;
    }

    @SuppressWarnings("EnumOrdinal") // an index into what is kept
    private void set(int at, Column column, double value) {
        values[column.ordinal() * count + at] = (float) value;
    }

    /** Writes samples number {@code from} to {@code to}, which may be more than there is room. */
    @SuppressWarnings("EnumOrdinal") // an index into what is kept
    void write(JsonGenerator json, long from, long to) {
        for (Column column : Column.values()) {
            json.writeArrayPropertyStart(column.label);
            for (long i = from; i < to; i++) {
                json.writeNumber(values[column.ordinal() * count + (int) (i % count)]);
            }
            json.writeEndArray();
        }
    }
}
