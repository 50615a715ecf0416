package io.bilitw.bench.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a load measured.
 *
 * @param nanos from the first request to the last response
 */
public record LoadResult(int requests, long nanos, Latencies latencies) {

    /**
     * Returns requests per second, and p50, p99, p99.9 and the longest latency of a batch in
     * microseconds.
     */
    String toCsv() {
        return String.format(
                Locale.ROOT,
                "%.0f,%.1f,%.1f,%.1f,%.1f",
                perSecond(),
                micros(latencies.nanosAt(0.5)),
                micros(latencies.nanosAt(0.99)),
                micros(latencies.nanosAt(0.999)),
                micros(latencies.maxNanos()));
    }

    /** Returns how many requests were answered in a second. */
    public double perSecond() {
        return requests * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    private static double micros(long nanos) {
        return nanos / 1000.0;
    }
}
