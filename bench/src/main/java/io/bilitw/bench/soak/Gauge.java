package io.bilitw.bench.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure that must not grow.
 *
 * @param rank the share of samples that are below what is compared: 0.5 for the median
 * @param share the part of it by which it may be greater than it was, all the same
 * @param units what may be added to that
 * @param <T> what has it
 */
record Gauge<T>(String label, ToDoubleFunction<T> figure, double rank, double share, double units) {

    /** Those of one process. The JVM ends compiler threads that have nothing to do. */
    static final List<Gauge<ProcessSample>> OF_PROCESS =
            List.of(
                    new Gauge<>("resident, MB", ProcessSample::residentMegabytes, 0.5, 0.05, 4),
                    new Gauge<>("files", ProcessSample::files, 0.5, 0.1, 10),
                    new Gauge<>("threads", ProcessSample::threads, 0.5, 0, 2));

    /**
     * Those of all workers. Of times the better ones count, as others on the machine spoil some.
     */
    static final List<Gauge<Sample>> OF_WORKERS =
            List.of(
                    new Gauge<>("buffers, MB", Sample::bufferMegabytes, 0.5, 0.1, 4),
                    new Gauge<>("connections", Sample::connections, 0.5, 0.1, 10),
                    new Gauge<>("p99, ms", Sample::p99Millis, 0.25, 0.5, 2),
                    new Gauge<>("p99.9, ms", Sample::p999Millis, 0.25, 1, 5));

    /** That of a heap without garbage. */
    static final Gauge<LiveHeap> HEAP =
            new Gauge<>("heap after collection, MB", LiveHeap::megabytes, 0.5, 0.03, 0.5);

    /** Compares what it was at two times. */
    Comparison compare(String whose, List<T> early, List<T> late) {
        double before = ranked(early);
        return new Comparison(whose + ": " + label, before, ranked(late), before * share + units);
    }

    private double ranked(List<T> all) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        return sorted[(int) (rank * (sorted.length - 1))];
    }
}
