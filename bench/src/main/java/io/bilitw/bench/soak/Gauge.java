package io.bilitw.bench.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure that must not grow.
 *
 * @param share the part of it by which it may be greater than it was, all the same
 * @param units what may be added to that
 * @param <T> what has it
 */
record Gauge<T>(String label, ToDoubleFunction<T> figure, double share, double units) {

    /** Those of one process. The JVM ends compiler threads that have nothing to do. */
    static final List<Gauge<ProcessSample>> OF_PROCESS =
            List.of(
                    new Gauge<>("resident, MB", ProcessSample::residentMegabytes, 0.05, 4),
                    new Gauge<>("files", ProcessSample::files, 0.1, 10),
                    new Gauge<>("threads", ProcessSample::threads, 0, 2));

    /** Those of all workers. What else the machine does shows in the times. */
    static final List<Gauge<Sample>> OF_WORKERS =
            List.of(
                    new Gauge<>("buffers, MB", Sample::bufferMegabytes, 0.1, 4),
                    new Gauge<>("connections", Sample::connections, 0.1, 10),
                    new Gauge<>("p99, ms", Sample::p99Millis, 0.5, 2),
                    new Gauge<>("p99.9, ms", Sample::p999Millis, 1, 5));

    /** That of a heap without garbage. */
    static final Gauge<LiveHeap> HEAP =
            new Gauge<>("heap after collection, MB", LiveHeap::megabytes, 0.03, 0.5);

    /** Compares the medians of two times. */
    Comparison compare(String whose, List<T> early, List<T> late) {
        double before = median(early);
        return new Comparison(whose + ": " + label, before, median(late), before * share + units);
    }

    private double median(List<T> all) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
