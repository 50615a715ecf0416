package io.bilitw.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What some work costs: processor time, and the heap memory it asks for, whoever frees it. A length
 * that is only announced must cost nothing.
 *
 * @param bytes heap memory
 * @param nanos processor time of the thread
 */
public record Cost(long bytes, long nanos) {

    /** What the work may ask for whatever the input is. */
    private static final long BASE_BYTES = 256 * 1024;

    /** What it may take for the few kilobytes that an input has. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Fails if {@code work} takes too long, or asks for more than {@code perByte} bytes for each of
     * {@code inputBytes}. If so it is done once more first, as it may have been the first to need
     * some classes.
     */
    public static void hold(int inputBytes, int perByte, Runnable work) {
        long limit = BASE_BYTES + (long) perByte * inputBytes;
        Cost cost = of(work);
        if (cost.bytes > limit || cost.nanos > MAX_NANOS) {
            Cost again = of(work);
            Law.hold(
                    again.bytes <= limit && again.nanos <= MAX_NANOS,
                    "%s for %d bytes of input",
                    again,
                    inputBytes);
        }
    }

    private static Cost of(Runnable work) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        work.run();
        return new Cost(
                THREADS.getCurrentThreadAllocatedBytes() - bytes,
                THREADS.getCurrentThreadCpuTime() - nanos);
    }
}
