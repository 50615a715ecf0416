package io.bilitw.stats;

import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.MinimalPrettyPrinter;

/**
 * The figures as one line of JSON, in twemproxy's shape and with its names
 * (nc_stats.c:stats_make_rsp), so that what reads those reads these; what we add stands behind.
 *
 * <p>Programs that know twemproxy take every object in the document for a pool and every object in
 * a pool for a server, so nothing else is one: what is said of the workers is a list.
 */
public final class StatsJson {

    private static final JsonFactory JSON = new JsonFactory();

    /** Puts blanks where twemproxy does, for those who read it with grep. */
    private static final ObjectWriteContext SPACED =
            new ObjectWriteContext.Base() {
                @Override
                public PrettyPrinter getPrettyPrinter() {
                    return new MinimalPrettyPrinter() {
                        @Override
                        public void writeObjectEntrySeparator(JsonGenerator json) {
                            json.writeRaw(',');
                            json.writeRaw(' ');
                        }
                    };
                }

                @Override
                public boolean hasPrettyPrinter() {
                    return true;
                }
            };

    private static final TimeFigure[] TIMES = TimeFigure.values();

    /** Names that are written once for each of thousands of servers, encoded in advance. */
    private static final List<SerializedString> WORKER = names(WorkerMetric.values());

    private static final List<SerializedString> POOL = names(PoolMetric.values());
    private static final List<SerializedString> SERVER = names(ServerMetric.values());
    private static final List<SerializedString> TURN = names("turn");
    private static final List<SerializedString> LATENCY = names("latency");

    private final Snapshot snapshot;
    private final String version;
    private final String host;

    /**
     * Prepares to write.
     *
     * @param version bilitw's own
     * @param host the name of this machine
     */
    public StatsJson(Snapshot snapshot, String version, String host) {
        this.snapshot = snapshot;
        this.version = version;
        this.host = host;
    }

    /** Writes one line, its end included, to {@code out}, which stays open. */
    public void write(OutputStream out) {
        JsonGenerator json = JSON.createGenerator(SPACED, out);
        json.writeStartObject();
        writeHead(json);
        writeWorkers(json);
        snapshot.pools().forEach(pool -> writePool(json, pool));
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static List<SerializedString> names(String what) {
        return Stream.of(TIMES).map(figure -> new SerializedString(figure.label(what))).toList();
    }

    private static List<SerializedString> names(Metric... table) {
        return Stream.of(table).map(metric -> new SerializedString(metric.label())).toList();
    }

    private void writeHead(JsonGenerator json) {
        json.writeStringProperty("service", "bilitw");
        json.writeStringProperty("source", host);
        json.writeStringProperty("version", version);
        json.writeNumberProperty("uptime", snapshot.uptimeSeconds());
        json.writeNumberProperty("timestamp", snapshot.timestampSeconds());
        json.writeNumberProperty("total_connections", snapshot.totalConnections());
        json.writeNumberProperty("curr_connections", snapshot.currentConnections());
        json.writeNumberProperty("reloads", snapshot.reloads());
        json.writeNumberProperty("failed_reloads", snapshot.failedReloads());
        json.writeNumberProperty("worker_restarts", snapshot.workerRestarts());
        writeTotals(json, WORKER, snapshot.counters());
        writeLatencies(json, TURN, snapshot.turns());
    }

    private void writeWorkers(JsonGenerator json) {
        json.writeArrayPropertyStart("workers");
        for (WorkerEntry worker : snapshot.workers()) {
            json.writeStartObject();
            json.writeNumberProperty("index", worker.index());
            json.writeNumberProperty("pid", worker.pid());
            json.writeStringProperty("state", worker.state().name().toLowerCase(Locale.ROOT));
            json.writeNumberProperty("uptime", TimeUnit.NANOSECONDS.toSeconds(worker.ageNanos()));
            json.writeNumberProperty(
                    "heartbeat_age_ms", TimeUnit.NANOSECONDS.toMillis(worker.beatAgeNanos()));
            json.writeNumberProperty("client_connections", worker.clients());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePool(JsonGenerator json, PoolTotals pool) {
        json.writeObjectPropertyStart(pool.name());
        writeTotals(json, POOL, pool.counters());
        writeLatencies(json, LATENCY, pool.latencies());
        for (ServerTotals server : pool.servers()) {
            json.writeObjectPropertyStart(server.name());
            writeTotals(json, SERVER, server.counters());
            writeLatencies(json, LATENCY, server.latencies());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeTotals(
            JsonGenerator json, List<SerializedString> names, Totals<?> totals) {
        for (int row = 0; row < names.size(); row++) {
            write(json, names.get(row), totals.value(row));
        }
    }

    private static void write(JsonGenerator json, SerializedString name, long value) {
        json.writeName(name);
        json.writeNumber(value);
    }

    /** Writes numbers of their own, as an object would be taken for a server. */
    private static void writeLatencies(
            JsonGenerator json, List<SerializedString> names, Latencies latencies) {
        for (int i = 0; i < TIMES.length; i++) {
            write(json, names.get(i), TIMES[i].of(latencies));
        }
    }
}
