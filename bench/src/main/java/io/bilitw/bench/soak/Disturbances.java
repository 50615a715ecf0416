package io.bilitw.bench.soak;

import java.util.concurrent.TimeUnit;

/**
 * The times at which servers are away, or have just come back: requests may fail then, and what was
 * stored before may be gone. Reloads are none. Any thread may ask.
 */
final class Disturbances {

    /** An ejected server is tried again, and connections are made anew, within this time. */
    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(3);

    private volatile boolean isOn;
    private volatile long overNanos = System.nanoTime() - RECOVERY_NANOS;

    /** Notes that a server is about to end. */
    void begin() {
        isOn = true;
    }

    /** Notes that it serves again. */
    void end() {
        overNanos = System.nanoTime() + RECOVERY_NANOS;
        isOn = false;
    }

    /** Tells whether there is or was one since then. */
    boolean isAnySince(long nanos) {
        return isOn || nanos - overNanos < 0;
    }
}
