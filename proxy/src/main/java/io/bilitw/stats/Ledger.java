package io.bilitw.stats;

import io.bilitw.config.Config;
import io.bilitw.config.PoolConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The master's books: which workers there are, what they count, and what those had counted that
 * have ended. A reader gets the sums of all; nothing of a worker is lost by its death, and a client
 * that moves from one worker to another is counted once. Safe for any thread.
 */
public final class Ledger {

    private final long startNanos = System.nanoTime();
    private final List<WorkerEntry> workers = new ArrayList<>();
    private final Map<String, PoolTotals> ended = new HashMap<>();
    private final Totals<WorkerMetric> endedCounters = new Totals<>(WorkerMetric.class);
    private final Latencies endedTurns = new Latencies();
    private Config config;
    private long reloads;
    private long failedReloads;
    private long workerRestarts;

    /** Begins with {@code config}, and without workers. */
    public Ledger(Config config) {
        this.config = config;
    }

    /** What is served. */
    public synchronized Config config() {
        return config;
    }

    /** Notes what is served from now on, after a reload. */
    public synchronized void serve(Config next) {
        config = next;
        reloads++;
        ended.keySet()
                .removeIf(name -> next.pools().stream().noneMatch(it -> it.name().equals(name)));
    }

    /** Notes that a reload has failed or was refused. */
    public synchronized void onFailedReload() {
        failedReloads++;
    }

    /** Notes that a worker has ended unasked. */
    public synchronized void onWorkerLost() {
        workerRestarts++;
    }

    /** Adds a worker. */
    public synchronized void open(WorkerEntry worker) {
        workers.add(worker);
    }

    /** Notes the end of a worker, whose totals stay. */
    public synchronized void close(WorkerEntry worker) {
        if (workers.remove(worker)) {
            add(worker, ended, true);
            endedCounters.add(worker.figures().counters(), true);
            endedTurns.add(worker.figures().turns());
        }
    }

    /** The sums as they are now. */
    public synchronized Snapshot snapshot() {
        Map<String, PoolTotals> sums = new HashMap<>();
        Totals<WorkerMetric> counters = new Totals<>(WorkerMetric.class);
        Latencies turns = new Latencies();
        counters.add(endedCounters);
        turns.add(endedTurns);
        ended.forEach((name, totals) -> sums.computeIfAbsent(name, PoolTotals::new).add(totals));
        for (WorkerEntry worker : workers) {
            add(worker, sums, false);
            counters.add(worker.figures().counters(), false);
            turns.add(worker.figures().turns());
        }
        List<PoolTotals> pools = new ArrayList<>();
        for (PoolConfig pool : config.pools()) {
            PoolTotals totals = sums.computeIfAbsent(pool.name(), PoolTotals::new);
            totals.arrange(pool);
            pools.add(totals);
        }
        return new Snapshot(
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos),
                TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()),
                config,
                List.copyOf(workers),
                counters,
                turns,
                pools,
                reloads,
                failedReloads,
                workerRestarts);
    }

    private static void add(WorkerEntry worker, Map<String, PoolTotals> sums, boolean hasEnded) {
        List<PoolConfig> pools = worker.config().pools();
        for (int i = 0; i < pools.size(); i++) {
            PoolConfig pool = pools.get(i);
            sums.computeIfAbsent(pool.name(), PoolTotals::new)
                    .add(pool, worker.figures().pools().get(i), hasEnded);
        }
    }
}
