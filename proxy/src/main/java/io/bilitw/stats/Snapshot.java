package io.bilitw.stats;

import io.bilitw.config.Config;
import java.util.List;

/**
 * All figures as they are at one moment, merged over the workers.
 *
 * @param uptimeSeconds since the master was started
 * @param timestampSeconds since 1970
 * @param config what is served
 * @param workers the processes there are
 * @param counters the figures of the processes themselves
 * @param turns how long their event loops took for a turn
 * @param pools the figures of the pools, in the order of the configuration
 * @param reloads how many reloads were carried out
 * @param failedReloads how many failed or were refused
 * @param workerRestarts how many workers have ended unasked
 */
public record Snapshot(
        long uptimeSeconds,
        long timestampSeconds,
        Config config,
        List<WorkerEntry> workers,
        Totals<WorkerMetric> counters,
        Latencies turns,
        List<PoolTotals> pools,
        long reloads,
        long failedReloads,
        long workerRestarts) {

    /**
     * How many sockets of clients, to servers, and for listening were opened; as twemproxy counts
     * them, with one for listening a pool.
     */
    public long totalConnections() {
        return sum(PoolMetric.CLIENT_ACCEPTS, ServerMetric.SERVER_CONNECTS);
    }

    /** The same of those that are open now. */
    public long currentConnections() {
        return sum(PoolMetric.CLIENT_CONNECTIONS, ServerMetric.SERVER_CONNECTIONS);
    }

    private long sum(PoolMetric clients, ServerMetric servers) {
        long sum = pools.size();
        for (PoolTotals pool : pools) {
            sum += pool.counters().value(clients);
            for (ServerTotals server : pool.servers()) {
                sum += server.counters().value(servers);
            }
        }
        return sum;
    }
}
