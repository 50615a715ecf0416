package io.bilitw.stats;

import io.bilitw.config.PoolConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all workers together have counted about one pool. */
public final class PoolTotals {

    private final String name;
    private final Totals<PoolMetric> counters = new Totals<>(PoolMetric.class);
    private final Latencies latencies = new Latencies();
    private final Map<String, ServerTotals> servers = new LinkedHashMap<>();

    PoolTotals(String name) {
        this.name = name;
    }

    /** The pool's name. */
    public String name() {
        return name;
    }

    /** The figures of the table. */
    public Totals<PoolMetric> counters() {
        return counters;
    }

    /** How long its requests took, from their arrival to their responses' leaving. */
    public Latencies latencies() {
        return latencies;
    }

    /** The same about its servers, in their order. */
    public Collection<ServerTotals> servers() {
        return List.copyOf(servers.values());
    }

    /** Adds {@code figures} of a worker whose servers are those of {@code config}. */
    void add(PoolConfig config, PoolFigures figures, boolean hasEnded) {
        counters.add(figures.counters(), hasEnded);
        latencies.add(figures.latencies());
        for (int i = 0; i < figures.servers().size(); i++) {
            server(config.servers().get(i).name()).add(figures.servers().get(i), hasEnded);
        }
    }

    void add(PoolTotals other) {
        counters.add(other.counters);
        latencies.add(other.latencies);
        other.servers.forEach((server, totals) -> server(server).add(totals));
    }

    /** Has only the servers of {@code config}, in their order. */
    void arrange(PoolConfig config) {
        Map<String, ServerTotals> all = Map.copyOf(servers);
        servers.clear();
        config.servers()
                .forEach(server -> {
                    ServerTotals known = all.get(server.name());
                    servers.put(
                            server.name(), known == null ? new ServerTotals(server.name()) : known);
                });
    }

    private ServerTotals server(String server) {
        return servers.computeIfAbsent(server, ServerTotals::new);
    }
}
