package io.bilitw.stats;

/** What all workers together have counted about one server. */
public final class ServerTotals {

    private final String name;
    private final Totals<ServerMetric> counters = new Totals<>(ServerMetric.class);
    private final Latencies latencies = new Latencies();

    ServerTotals(String name) {
        this.name = name;
    }

    /** The server's name in its pool. */
    public String name() {
        return name;
    }

    /** The figures of the table. */
    public Totals<ServerMetric> counters() {
        return counters;
    }

    /** How long its responses took. */
    public Latencies latencies() {
        return latencies;
    }

    void add(ServerFigures figures, boolean hasEnded) {
        counters.add(figures.counters(), hasEnded);
        latencies.add(figures.latencies());
    }

    void add(ServerTotals other) {
        counters.add(other.counters);
        latencies.add(other.latencies);
    }
}
