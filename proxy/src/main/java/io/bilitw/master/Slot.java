package io.bilitw.master;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The place of worker number N, and when it is filled again after its worker has died: at once the
 * first time, later and later when its workers keep dying. Confined to the master's thread.
 */
final class Slot {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A worker that has served so long has not failed for what made others fail before. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private @Nullable WorkerHandle worker;
    private int failures;
    private long refillNanos;

    /** The worker that is here, or null. */
    @Nullable WorkerHandle worker() {
        return worker;
    }

    void fill(WorkerHandle started) {
        worker = started;
    }

    /** Takes note that the worker has died; the time until the next one may be started. */
    long empty(long now) {
        WorkerHandle died = worker;
        if (died != null && died.readyForNanos() >= STEADY_NANOS) {
            failures = 0;
        }
        worker = null;
        long pause =
                failures == 0
                        ? 0
                        : Math.min(
                                LONGEST_PAUSE_NANOS,
                                FIRST_PAUSE_NANOS << Math.min(failures - 1, 10));
        failures++;
        refillNanos = now + pause;
        return pause;
    }

    boolean isRefillDue(long now) {
        return worker == null && now - refillNanos >= 0;
    }
}
