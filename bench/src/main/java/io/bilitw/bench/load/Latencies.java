package io.bilitw.bench.load;

/**
 * A histogram of times, exact to one part in 128: each power of two is cut into that many steps, so
 * it takes the same small memory for any number of times.
 */
public final class Latencies {

    private static final int STEP_BITS = 7;

    private final int[] counts = new int[(Long.SIZE - STEP_BITS) << STEP_BITS];
    private long count;
    private long maxNanos;

    /** Adds a time. */
    public void add(long nanos) {
        counts[step(nanos)]++;
        count++;
        maxNanos = Math.max(maxNanos, nanos);
    }

    long maxNanos() {
        return maxNanos;
    }

    /** Returns the time that a share of all times, 0 to 1, does not exceed; 0 if there is none. */
    public long nanosAt(double share) {
        if (count == 0) {
            return 0;
        }
        long rank = Math.max(1, (long) Math.ceil(share * count));
        int step = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[step]) {
            step++;
        }
        return Math.min(maxNanos, lastNanos(step));
    }

    private static int step(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - STEP_BITS - 1);
        return (shift << STEP_BITS) + (int) (nanos >> shift);
    }

    /** Returns the longest time that falls into a step. */
    private static long lastNanos(int step) {
        int shift = Math.max(0, (step >> STEP_BITS) - 1);
        return ((long) (step - (shift << STEP_BITS) + 1) << shift) - 1;
    }
}
