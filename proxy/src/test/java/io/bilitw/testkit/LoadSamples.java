package io.bilitw.testkit;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The round trips of one load: a long each, which holds when it ended and how long it took, both in
 * microseconds.
 *
 * <p>Each thread writes into chunks of its own, without locks. There are at most {@link #LIMIT}
 * samples; what comes later is not recorded.
 */
final class LoadSamples {

    private static final int LIMIT = 2_000_000;
    private static final int CHUNK = 1_000;
    private static final int MICROS_BITS = 24;
    private static final long MICROS_MASK = (1L << MICROS_BITS) - 1;

    private final long startNanos;
    private final AtomicInteger chunksLeft = new AtomicInteger(LIMIT / CHUNK);
    private final Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();

    LoadSamples(long startNanos) {
        this.startNanos = startNanos;
    }

    /** Makes a recorder for one thread. */
    Recorder recorder() {
        return new Recorder();
    }

    /**
     * Sums up the round trips that ended in this time.
     *
     * @throws IllegalStateException if there are none
     */
    CheckedLoad.Latency between(long fromNanos, long toNanos) {
        long from = micros(fromNanos);
        long to = micros(toNanos);
        long[] sorted =
                chunks.stream()
                        .flatMapToLong(Chunk::recorded)
                        .filter(s -> s >> MICROS_BITS >= from && s >> MICROS_BITS <= to)
                        .map(s -> s & MICROS_MASK)
                        .sorted()
                        .toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException(
                    "no round trip ended between " + from + " and " + to + " us after the start");
        }
        return new CheckedLoad.Latency(
                percentile(sorted, 50), percentile(sorted, 99), sorted[sorted.length - 1]);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }

    private long micros(long nanos) {
        return Math.floorDiv(nanos - startNanos, 1_000);
    }

    private @Nullable Chunk nextChunk() {
        if (chunksLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return null;
        }
        var chunk = new Chunk();
        chunks.add(chunk);
        return chunk;
    }

    /** What one thread records with. */
    final class Recorder {

        private @Nullable Chunk chunk = nextChunk();

        /** Records a round trip that ends now. */
        void add(long beganNanos) {
            if (chunk != null && chunk.isFull()) {
                chunk = nextChunk();
            }
            if (chunk != null) {
                long now = System.nanoTime();
                long took = Math.min((now - beganNanos) / 1_000, MICROS_MASK);
                chunk.add(micros(now) << MICROS_BITS | took);
            }
        }
    }

    /** Some samples; one thread writes, any may read. */
    private static final class Chunk {

        private final long[] samples = new long[CHUNK];
        private volatile int count;

        void add(long sample) {
            int at = count;
            samples[at] = sample;
            count = at + 1; // Makes the sample visible as well.
        }

        boolean isFull() {
            return count == CHUNK;
        }

        LongStream recorded() {
            return Arrays.stream(samples, 0, count);
        }
    }
}
