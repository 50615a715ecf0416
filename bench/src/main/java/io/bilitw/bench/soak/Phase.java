package io.bilitw.bench.soak;

import java.util.List;
import java.util.function.Predicate;

/**
 * A part of a run in which one thing is compared with itself.
 *
 * @param early the samples of its second quarter; the first one is there to warm up
 * @param late the samples of its last quarter
 */
record Phase(List<Sample> early, List<Sample> late) {

    private static final int MIN_SAMPLES = 2; // of a quarter

    /** Cuts samples, which are in order, into quarters of equal time. */
    static Phase of(List<Sample> samples) {
        if (samples.isEmpty()) {
            return new Phase(List.of(), List.of());
        }
        double from = samples.getFirst().seconds();
        double quarter = (samples.getLast().seconds() - from) / 4;
        return new Phase(
                select(samples, at -> at >= from + quarter && at < from + 2 * quarter),
                select(samples, at -> at >= from + 3 * quarter));
    }

    private static List<Sample> select(List<Sample> samples, Predicate<Double> time) {
        return samples.stream().filter(sample -> time.test(sample.seconds())).toList();
    }

    boolean isLongEnough() {
        return early.size() >= MIN_SAMPLES && late.size() >= MIN_SAMPLES;
    }
}
