package io.bilitw.bench.matrix;

import io.bilitw.bench.load.LoadResult;

/**
 * What one turn of one peer measured.
 *
 * @param processorNanos processor time per request, 0 if there is no proxy
 * @param load requests and latencies
 */
record Sample(double processorNanos, LoadResult load) {

    double p50() {
        return load.latencies().nanosAt(0.5);
    }

    double p99() {
        return load.latencies().nanosAt(0.99);
    }

    double p999() {
        return load.latencies().nanosAt(0.999);
    }
}
