package io.bilitw.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a load measured. */
record LoadResult(int requests, long nanos, Latencies latencies) {

    /**
     * Returns requests per second, and p50, p99, p99.9 and the longest latency of a batch in
     * microseconds.
     */
    String toCsv() {
        double perSecond = requests * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
        return String.format(
                Locale.ROOT,
                "%.0f,%.1f,%.1f,%.1f,%.1f",
                perSecond,
                micros(latencies.nanosAt(0.5)),
                micros(latencies.nanosAt(0.99)),
                micros(latencies.nanosAt(0.999)),
                micros(latencies.maxNanos()));
    }

    private static double micros(long nanos) {
        return nanos / 1000.0;
    }
}
