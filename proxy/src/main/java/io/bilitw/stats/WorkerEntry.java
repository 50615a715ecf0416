package io.bilitw.stats;

import io.bilitw.config.Config;
import java.util.function.LongSupplier;

/** A worker in the {@link Ledger}. */
public final class WorkerEntry {

    private final int index;
    private final long pid;
    private final Config config;
    private final WorkerFigures figures;
    private final LongSupplier beatAgeNanos;
    private final long startNanos = System.nanoTime();
    private volatile WorkerState state = WorkerState.STARTING;

    /**
     * Makes the entry of a worker that is starting.
     *
     * @param index its number
     * @param config what it serves
     * @param figures where it counts
     * @param beatAgeNanos how long ago its event loop has last shown that it turns
     */
    public WorkerEntry(
            int index, long pid, Config config, WorkerFigures figures, LongSupplier beatAgeNanos) {
        this.index = index;
        this.pid = pid;
        this.config = config;
        this.figures = figures;
        this.beatAgeNanos = beatAgeNanos;
    }

    /** Its number, which it shares with predecessors and successors. */
    public int index() {
        return index;
    }

    /** Its process id. */
    public long pid() {
        return pid;
    }

    /** How far its life has come. */
    public WorkerState state() {
        return state;
    }

    /** Notes how far its life has come. */
    public void become(WorkerState next) {
        state = next;
    }

    /** How long ago it was started. */
    public long ageNanos() {
        return System.nanoTime() - startNanos;
    }

    /** How long ago its event loop has last shown that it turns. */
    public long beatAgeNanos() {
        return beatAgeNanos.getAsLong();
    }

    /** How many clients it has. */
    public long clients() {
        return figures.pools().stream()
                .mapToLong(pool -> pool.counters().value(PoolMetric.CLIENT_CONNECTIONS))
                .sum();
    }

    Config config() {
        return config;
    }

    WorkerFigures figures() {
        return figures;
    }
}
