package io.bilitw.stats;

/** What one or more {@linkplain Histogram histograms} say, added up. For one thread. */
public final class Latencies {

    private static final long[] NOTHING = {};

    private long[] counts = NOTHING; // most servers of a big pool that is idle
    private long count;
    private long sumMicros;
    private long greatestMicros;

    /** Adds what {@code histogram} says now. */
    public void add(Histogram histogram) {
        if (histogram.greatestMicros() == 0 && histogram.count(0) == 0) {
            return;
        }
        makeRoom();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            long more = histogram.count(bucket);
            counts[bucket] += more;
            count += more;
        }
        sumMicros += histogram.sumMicros();
        greatestMicros = Math.max(greatestMicros, histogram.greatestMicros());
    }

    /** Adds what {@code other} says. */
    public void add(Latencies other) {
        if (other.count > 0) {
            makeRoom();
        }
        for (int bucket = 0; bucket < other.counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        count += other.count;
        sumMicros += other.sumMicros;
        greatestMicros = Math.max(greatestMicros, other.greatestMicros);
    }

    /**
     * What is in these and was not yet in {@code earlier} ones of the same histograms; only of
     * those times the longest is not known better than by its range.
     */
    public Latencies since(Latencies earlier) {
        Latencies since = new Latencies();
        if (count > 0) {
            since.makeRoom();
        }
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

    private void makeRoom() {
        if (counts.length == 0) {
            counts = new long[Histogram.BUCKETS];
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
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return Math.min(middle(bucket), greatestMicros);
            }
        }
        return greatestMicros;
    }

    private static long middle(int bucket) {
        long longest = longest(bucket);
        return longest == Long.MAX_VALUE ? longest : (Histogram.lowest(bucket) + longest) / 2;
    }

    private static long longest(int bucket) {
        return bucket == Histogram.BUCKETS - 1 ? Long.MAX_VALUE : Histogram.lowest(bucket + 1) - 1;
    }
}
