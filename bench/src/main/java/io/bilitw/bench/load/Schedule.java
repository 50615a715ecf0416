package io.bilitw.bench.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When requests are due. At a fixed rate they are due whether earlier ones are answered or not, and
 * their latency counts from then, so that a proxy which holds up its clients does not hide it.
 *
 * @param perSecond the rate, or 0 when a request is due as soon as a client is free
 * @param endNanos when the last may be sent
 */
record Schedule(long startNanos, int perSecond, long endNanos) {

    static final Schedule AT_ONCE = from(System.nanoTime(), 0, 0);

    /** Returns a schedule that ends after that time, or never if that is 0. */
    static Schedule from(long startNanos, int perSecond, int millis) {
        long lasts = millis == 0 ? Long.MAX_VALUE / 2 : TimeUnit.MILLISECONDS.toNanos(millis);
        return new Schedule(startNanos, perSecond, startNanos + lasts);
    }

    /** Returns when a request is due, of which so many were before it. */
    long dueNanos(int before, long nowNanos) {
        return perSecond == 0
                ? nowNanos
                : startNanos + before * TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - endNanos >= 0;
    }

    /** Sleeps until a request is due, of which so many were before it. */
    void awaitDue(int before) {
        long now = System.nanoTime();
        long nanos = dueNanos(before, now) - now;
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }
}
