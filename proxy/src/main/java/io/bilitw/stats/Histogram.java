package io.bilitw.stats;

/**
 * How often something took how long: a count for each of {@value #BUCKETS} ranges of microseconds.
 *
 * <p>The ranges are those of a log-linear histogram: below {@value #LINEAR} one for each
 * microsecond, and from there eight for each power of two, so the middle of a range is never more
 * than 6.3 % off. The last takes all that is longer than a minute. Such histograms of several
 * workers can be added up. One thread writes; any may read.
 */
public final class Histogram {

    /** Number of ranges. */
    public static final int BUCKETS = 192;

    /** Below this, in microseconds, each range is one microsecond. */
    static final int LINEAR = 16;

    /** Ranges for each power of two, as a power of two. */
    private static final int SHARE = 3;

    /** Words it needs: the counts, the sum and the greatest, both in microseconds. */
    static final int WORDS = BUCKETS + 2;

    private static final int SUM = BUCKETS;
    private static final int GREATEST = BUCKETS + 1;

    private final Words words;
    private long greatest; // as far as the thread knows that writes

    /** Makes a histogram that only this process sees. */
    public Histogram() {
        this(Words.inProcess(WORDS));
    }

    Histogram(Words words) {
        this.words = words.slice(0, WORDS);
    }

    /** Counts something that took {@code nanos} nanoseconds; negative ones count as 0. */
    public void record(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        words.add(bucketOf(micros), 1, SUM, micros);
        if (micros > greatest) {
            greatest = micros;
            words.set(GREATEST, micros);
        }
    }

    /** The range that {@code micros} falls into. */
    static int bucketOf(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int share = (int) (micros >>> (power - SHARE)) & ((1 << SHARE) - 1);
        int bucket = LINEAR + ((power - Integer.numberOfTrailingZeros(LINEAR)) << SHARE) + share;
        return Math.min(bucket, BUCKETS - 1);
    }

    /** The shortest time, in microseconds, that falls into {@code bucket}. */
    static long lowest(int bucket) {
        if (bucket < LINEAR) {
            return bucket;
        }
        int power = Integer.numberOfTrailingZeros(LINEAR) + ((bucket - LINEAR) >> SHARE);
        int share = (bucket - LINEAR) & ((1 << SHARE) - 1);
        return (1L << power) + ((long) share << (power - SHARE));
    }

    long count(int bucket) {
        return words.get(bucket);
    }

    /** The counts of the first ranges, as many as {@code into} has room for. */
    void read(long[] into) {
        words.read(0, into);
    }

    long sumMicros() {
        return words.get(SUM);
    }

    long greatestMicros() {
        return words.get(GREATEST);
    }
}
