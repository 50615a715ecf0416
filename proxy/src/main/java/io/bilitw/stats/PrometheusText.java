package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link Snapshot} as Prometheus reads it: every row of the metric tables, with the pool and the
 * server as labels, histograms of the times and their greatest shares, and what there is to say of
 * the processes.
 */
public final class PrometheusText {

    /** The media type. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String GAUGE = "gauge";
    private static final String COUNTER = "counter";
    private static final String HISTOGRAM = "histogram";
    private static final String SUMMARY = "summary";

    /** What is counted about one thing, and the labels that name it. */
    private record Thing<M extends Enum<M> & Metric>(
            String labels, Totals<M> counters, Latencies latencies) {}

    private final Snapshot snapshot;
    private final String version;

    /** Prepares to write; {@code version} is bilitw's own. */
    public PrometheusText(Snapshot snapshot, String version) {
        this.snapshot = snapshot;
        this.version = version;
    }

    /**
     * Writes it to {@code to}, which stays open, as it comes: it may be megabytes.
     *
     * @throws IOException if {@code to} does
     */
    public void write(OutputStream to) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(to, UTF_8));
        PrometheusWriter text = new PrometheusWriter(out);
        writeMaster(text);
        writeWorkers(text);
        write(text, "worker", WorkerMetric.values(), List.of(whole()));
        writeTimes(text, "bilitw_turn", "how long a turn of an event loop took", List.of(whole()));
        List<Thing<PoolMetric>> pools = pools();
        write(text, "pool", PoolMetric.values(), pools);
        writeTimes(
                text,
                "bilitw_request",
                "from a request's arrival to its response's being ready to leave",
                pools);
        List<Thing<ServerMetric>> servers = servers();
        write(text, "server", ServerMetric.values(), servers);
        writeTimes(
                text,
                "bilitw_server",
                "from a request's being queued for the server to its response",
                servers);
        out.flush();
    }

    private void writeMaster(PrometheusWriter text) throws IOException {
        text.begin("bilitw_build_info", GAUGE, "1, with the version of the program as a label");
        text.sample(PrometheusWriter.label("version", version), 1, 0);
        text.begin("bilitw_uptime_seconds", GAUGE, "since the master was started");
        text.sample("", snapshot.uptimeSeconds(), 0);
        text.begin("bilitw_reloads_total", COUNTER, "reloads that were carried out");
        text.sample("", snapshot.reloads(), 0);
        text.begin("bilitw_failed_reloads_total", COUNTER, "reloads that failed or were refused");
        text.sample("", snapshot.failedReloads(), 0);
        text.begin("bilitw_worker_restarts_total", COUNTER, "workers that have ended unasked");
        text.sample("", snapshot.workerRestarts(), 0);
    }

    private void writeWorkers(PrometheusWriter text) throws IOException {
        Map<WorkerState, Integer> states = new TreeMap<>();
        Map<Integer, Long> beats = new TreeMap<>();
        for (WorkerEntry worker : snapshot.workers()) {
            states.merge(worker.state(), 1, Integer::sum);
            beats.merge(worker.index(), worker.beatAgeNanos(), Math::max);
        }
        text.begin("bilitw_workers", GAUGE, "worker processes by how far their lives have come");
        for (WorkerState state : WorkerState.values()) {
            String name = state.name().toLowerCase(Locale.ROOT);
            text.sample(PrometheusWriter.label("state", name), states.getOrDefault(state, 0), 0);
        }
        text.begin(
                "bilitw_worker_heartbeat_age_seconds",
                GAUGE,
                "how long ago the event loop has last shown that it turns; during a reload the"
                        + " older of two workers with one number");
        for (Map.Entry<Integer, Long> beat : beats.entrySet()) {
            String index = Integer.toString(beat.getKey());
            text.sample(PrometheusWriter.label("worker", index), beat.getValue(), 9);
        }
    }

    private static <M extends Enum<M> & Metric> void write(
            PrometheusWriter text, String table, M[] metrics, List<Thing<M>> things)
            throws IOException {
        for (M metric : metrics) {
            Exposition shown = metric.exposition();
            text.begin(
                    shown.family(table, metric),
                    metric.kind() == Metric.Kind.COUNTER ? COUNTER : GAUGE,
                    shown.help(metric));
            for (Thing<M> thing : things) {
                text.sample(
                        PrometheusWriter.join(thing.labels(), shown.labels()),
                        thing.counters().value(metric),
                        shown.decimals());
            }
        }
    }

    private static <M extends Enum<M> & Metric> void writeTimes(
            PrometheusWriter text, String what, String help, List<Thing<M>> things)
            throws IOException {
        text.begin(what + "_duration_seconds", HISTOGRAM, help);
        for (Thing<M> thing : things) {
            text.histogram(thing.labels(), thing.latencies());
        }
        text.begin(what + "_latency_seconds", SUMMARY, help + ", since the start");
        for (Thing<M> thing : things) {
            text.summary(thing.labels(), thing.latencies());
        }
    }

    private Thing<WorkerMetric> whole() {
        return new Thing<>("", snapshot.counters(), snapshot.turns());
    }

    private List<Thing<PoolMetric>> pools() {
        List<Thing<PoolMetric>> things = new ArrayList<>();
        for (PoolTotals pool : snapshot.pools()) {
            String labels = PrometheusWriter.label("pool", pool.name());
            things.add(new Thing<>(labels, pool.counters(), pool.latencies()));
        }
        return things;
    }

    private List<Thing<ServerMetric>> servers() {
        List<Thing<ServerMetric>> things = new ArrayList<>();
        for (PoolTotals pool : snapshot.pools()) {
            String labels = PrometheusWriter.label("pool", pool.name());
            for (ServerTotals server : pool.servers()) {
                String both =
                        PrometheusWriter.join(
                                labels, PrometheusWriter.label("server", server.name()));
                things.add(new Thing<>(both, server.counters(), server.latencies()));
            }
        }
        return things;
    }
}
