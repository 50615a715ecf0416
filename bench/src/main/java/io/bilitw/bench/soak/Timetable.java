package io.bilitw.bench.soak;

import java.time.Duration;
import java.util.List;

/**
 * When things happen in a run, in seconds from its beginning.
 *
 * <p>What leaks by reloads, leaks in the master; what leaks by requests and clients, leaks in the
 * workers, and shows only if one process lives for long. So the first two fifths have the reloads,
 * and then the last generation of workers lives until the end. Servers restart all the time.
 *
 * @param seconds how long the run lasts
 */
record Timetable(double seconds) {

    private static final double RELOADS_SHARE = 0.4;

    /** Below that, compilers and collectors are still finding their size. */
    private static final double JUDGED_SECONDS = 300;

    static Timetable of(Duration time) {
        return new Timetable(time.toMillis() / 1000.0);
    }

    /** Returns when the last reload is over. */
    double calmFrom() {
        return RELOADS_SHARE * seconds;
    }

    double betweenReloads() {
        return Math.clamp(seconds / 30, 2, 60);
    }

    double betweenRestarts() {
        return Math.clamp(seconds / 12, 8, 120);
    }

    /** Returns how much time a line of figures covers. */
    double interval() {
        return Math.clamp(seconds / 120, 1, 60);
    }

    /** Tells whether a sample is of the time that has the reloads. */
    boolean isInReloads(Sample sample) {
        return sample.seconds() <= calmFrom();
    }

    /** Returns when the last reload may begin, so that it is over then. */
    double lastReload() {
        return calmFrom() - betweenReloads();
    }

    /**
     * Returns when heaps are looked at: early and late in the reloads, early behind them, never.
     */
    List<Double> looksAtHeaps() {
        double calm = seconds - calmFrom();
        return List.of(calmFrom() / 4, calmFrom(), calmFrom() + calm / 4, Double.MAX_VALUE);
    }

    /** Tells whether a run whose last line is of then is long enough to say what grows. */
    boolean isJudged(double lastSeconds) {
        return lastSeconds + interval() >= JUDGED_SECONDS;
    }
}
