package io.bilitw.bench.soak;

import io.bilitw.bench.load.Latencies;
import java.util.ArrayList;
import java.util.List;

/** What all clients together have seen. Any thread may add. */
final class Tally {

    private static final int MAX_FAULTS = 20;

    private final long startNanos = System.nanoTime();
    private final Disturbances disturbances;
    private final List<String> faults = new ArrayList<>();
    private Latencies latencies = new Latencies();
    private long answered; // in the interval
    private long answeredBefore;
    private long wrong;
    private long lost;
    private long explained;

    Tally(Disturbances disturbances) {
        this.disturbances = disturbances;
    }

    /**
     * What was answered in an interval.
     *
     * @param latencies those of its round trips
     */
    record Interval(long answered, Latencies latencies) {}

    /** Adds requests that were answered as they must be. */
    synchronized void answered(int requests) {
        answered += requests;
    }

    /** Adds the time from sending some requests at once to the last answer. */
    synchronized void tookNanos(long nanos) {
        latencies.add(nanos);
    }

    /** Adds a request that failed; that is right only if a server was away since then. */
    synchronized void failed(String who, String why, long sinceNanos) {
        if (disturbances.isAnySince(sinceNanos)) {
            explained++;
        } else {
            lost++;
            keep("lost: " + who + ": " + why);
        }
    }

    /** Adds an answer that no excuse helps. */
    synchronized void wrong(String who, String why) {
        wrong++;
        keep("wrong: " + who + ": " + why);
    }

    private void keep(String sentence) {
        if (faults.size() < MAX_FAULTS) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            faults.add(Sample.time(seconds) + " " + sentence);
        }
    }

    /** Returns what has come since the last call. */
    synchronized Interval take() {
        Interval interval = new Interval(answered, latencies);
        answeredBefore += answered;
        answered = 0;
        latencies = new Latencies();
        return interval;
    }

    /** Returns how many requests were answered as they must be. */
    synchronized long allAnswered() {
        return answeredBefore + answered;
    }

    synchronized long wrong() {
        return wrong;
    }

    synchronized long lost() {
        return lost;
    }

    synchronized long explained() {
        return explained;
    }

    /** Returns the first faults, each a sentence. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
