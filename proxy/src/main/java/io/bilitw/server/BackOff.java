package io.bilitw.server;

import io.bilitw.protocol.Failure;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * When a server that fails is connected to again. The first few failures in a row cost no time;
 * after each further one the server is left alone for a random part of a time that doubles:
 *
 * <pre>
 *   failure in a row   1  2  3    4     5     6   ...    11 and later
 *   left alone up to   -  -  -   10    20    40   ...  1000 ms
 * </pre>
 *
 * <p>The part is any between nothing and all, so that many workers and proxies do not come at once.
 * Connections that were begun before a failure was known tell nothing new by failing as well: all
 * of them count once. Event-loop confined.
 */
final class BackOff {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many doublings lead from the first time beyond the longest. */
    private static final int MAX_DOUBLINGS = 7;

    private final int freeFailures;
    private final LongUnaryOperator random;
    private int failures;
    private long lastNanos;
    private long endNanos;
    private Failure failure = Failure.CONNECTION_REFUSED;

    /**
     * Knows of no failure yet.
     *
     * @param freeFailures how many failures in a row cost no time
     * @param random a number from 0 up to the one it is given, in nanoseconds
     */
    BackOff(int freeFailures, LongUnaryOperator random) {
        this.freeFailures = freeFailures;
        this.random = random;
    }

    /** Tells whether the server is to be left alone now. */
    boolean isOn(long nowNanos) {
        return failures > freeFailures && nowNanos - endNanos < 0;
    }

    /** What happened last. */
    Failure failure() {
        return failure;
    }

    /** Takes note that a connection begun at {@code openedNanos} has failed now. */
    void onFailure(Failure cause, long openedNanos, long nowNanos) {
        failure = cause;
        if (failures > 0 && openedNanos - lastNanos < 0) {
            return;
        }
        failures++;
        lastNanos = nowNanos;
        if (failures > freeFailures) {
            int doublings = Math.min(failures - freeFailures - 1, MAX_DOUBLINGS);
            long longest = Math.min(FIRST_NANOS << doublings, LONGEST_NANOS);
            endNanos = nowNanos + random.applyAsLong(longest);
        }
    }

    /** Forgets all failures, as the server has answered. */
    void reset() {
        failures = 0;
    }
}
