package io.bilitw.stats;

import java.util.Arrays;

/** What one or more {@linkplain Histogram histograms} say, added up. For one thread. */
public final class Latencies {

    private static final long[] NOTHING = {};

    /** For the ranges up to that of the longest; of an idle server for none. */
    private long[] counts = NOTHING;

    private long count;
    private long sumMicros;
    private long greatestMicros;

    /** Adds what {@code histogram} says now. */
    public void add(Histogram histogram) {
        long greatest = histogram.greatestMicros();
        if (greatest == 0 && histogram.count(0) == 0) {
            return;
        }
        long[] more = new long[Histogram.bucketOf(greatest) + 1];
        histogram.read(more);
        add(more);
        sumMicros += histogram.sumMicros();
        greatestMicros = Math.max(greatestMicros, greatest);
    }

    /** Adds what {@code other} says. */
    public void add(Latencies other) {
        add(other.counts);
        sumMicros += other.sumMicros;
        greatestMicros = Math.max(greatestMicros, other.greatestMicros);
    }

    /**
     * What is in these and was not yet in {@code earlier} ones of the same histograms; only of
     * those times the longest is not known better than by its range.
     */
    public Latencies since(Latencies earlier) {
        Latencies since = new Latencies();
        since.counts = new long[counts.length];
        for (int bucket = 0; bucket < counts.length; bucket++) {
            long before = bucket < earlier.counts.length ? earlier.counts[bucket] : 0;
            since.counts[bucket] = Math.max(0, counts[bucket] - before);
            since.count += since.counts[bucket];
            if (since.counts[bucket] > 0) {
                since.greatestMicros = Math.min(greatestMicros, longest(bucket));
            }
        }
        since.sumMicros = Math.max(0, sumMicros - earlier.sumMicros);
        return since;
    }

    private void add(long[] more) {
        if (counts.length < more.length) {
            counts = Arrays.copyOf(counts, more.length);
        }
        for (int bucket = 0; bucket < more.length; bucket++) {
            counts[bucket] += more[bucket];
            count += more[bucket];
        }
    }

    /** How many times there were. */
    public long count() {
        return count;
    }

    /** All times together, in microseconds. */
    public long sumMicros() {
        return sumMicros;
    }

    /** The longest time, in microseconds. */
    public long greatestMicros() {
        return greatestMicros;
    }

    /** How many times were shorter than {@code micros}, which begins a range of the histogram. */
    public long countBelow(long micros) {
        long below = 0;
        for (int bucket = 0;
                bucket < counts.length && bucket < Histogram.bucketOf(micros);
                bucket++) {
            below += counts[bucket];
        }
        return below;
    }

    /**
     * The time, in microseconds, that a share of all times did not exceed, 0 if there were none;
     * off by 6.3 % at the most.
     *
     * @param share between 0 and 1
     */
    public long percentileMicros(double share) {
        long longer = count - (long) Math.ceil(share * count);
        for (int bucket = counts.length - 1; bucket >= 0; bucket--) { // shares are mostly great
            longer -= counts[bucket];
            if (longer < 0) {
                return Math.min(middle(bucket), greatestMicros);
            }
        }
        return 0;
    }

    private static long middle(int bucket) {
        long longest = longest(bucket);
        return longest == Long.MAX_VALUE ? longest : (Histogram.lowest(bucket) + longest) / 2;
    }

    private static long longest(int bucket) {
        return bucket == Histogram.BUCKETS - 1 ? Long.MAX_VALUE : Histogram.lowest(bucket + 1) - 1;
    }
}
