package io.bilitw.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens now: the difference of two samples, or, if there is one only, what has happened on
 * average since the start.
 */
final class TopPage {

    private static final List<String> SERVER_HEAD =
            List.of(
                    "server", "pool", "req/s", "err/s", "hits", "mean", "p99", "queue", "conns",
                    "ejected", "in/s", "out/s");

    private static final Figure[] POOL_REQUESTS = {
        Figure.REQUESTS_GET, Figure.REQUESTS_READ, Figure.REQUESTS_WRITE, Figure.REQUESTS_OTHER
    };
    private static final Figure[] POOL_ERRORS = {Figure.CLIENT_ERR, Figure.FORWARD_ERROR};
    private static final Figure[] SERVER_ERRORS = {
        Figure.SERVER_ERR, Figure.SERVER_TIMEDOUT, Figure.SERVER_EOF
    };

    /** Uptimes are whole seconds, and come late over a slow network. */
    private static final long START_TOLERANCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final @Nullable Sample before;
    private final Sample now;
    private final double seconds;
    private final Map<String, Figures> old = new HashMap<>();

    /**
     * Compares two samples.
     *
     * @param before the older one, or null; that of an instance which was started again since
     *     counts for nothing
     */
    TopPage(@Nullable Sample before, Sample now) {
        this.now = now;
        this.before = before == null || isRestarted(before, now) ? null : before;
        if (this.before == null) {
            seconds = Math.max(1, now.figures().get(Figure.UPTIME));
        } else {
            seconds =
                    Math.max(1, now.nanos() - this.before.nanos())
                            / (double) TimeUnit.SECONDS.toNanos(1);
            this.before.pools().forEach(this::keep);
        }
    }

    /** Whether {@code now} comes from another life of the instance, or another instance. */
    static boolean isRestarted(Sample before, Sample now) {
        return !now.service().equals(before.service())
                || now.figures().get(Figure.UPTIME) < before.figures().get(Figure.UPTIME)
                || startNanos(now) - startNanos(before) > START_TOLERANCE_NANOS;
    }

    private static long startNanos(Sample sample) {
        return sample.nanos() - TimeUnit.SECONDS.toNanos(sample.figures().get(Figure.UPTIME));
    }

    private void keep(Sample.Pool pool) {
        old.put(key(pool.name(), ""), pool.figures());
        pool.servers()
                .forEach(server -> old.put(key(pool.name(), server.name()), server.figures()));
    }

    private static String key(String pool, String server) {
        return pool + '\n' + server;
    }

    /** The lines that show it, none longer than {@code size} wants it and not more of them. */
    List<String> lines(String note, Size size) {
        List<String> lines = new ArrayList<>();
        lines.add(StatsPage.head(now));
        lines.add(since() + (note.isEmpty() ? "" : "; " + note));
        if (!now.workers().isEmpty()) {
            lines.add(workers());
        }
        lines.add("");
        int left = size.height() - lines.size();
        lines.addAll(pools().lines(size.width(), Math.max(3, left / 3)));
        lines.add("");
        lines.addAll(servers().lines(size.width(), Math.max(2, size.height() - lines.size())));
        return size.cut(lines);
    }

    private String since() {
        return before == null
                ? "averages since the start"
                : "rates of " + Quantity.micros(seconds * TimeUnit.SECONDS.toMicros(1));
    }

    private String workers() {
        List<String> words = new ArrayList<>();
        for (Sample.Worker worker : now.workers()) {
            Figures figures = worker.figures();
            words.add(
                    "worker "
                            + Quantity.count(figures.get(Figure.INDEX))
                            + " "
                            + worker.state()
                            + " "
                            + Quantity.count(figures.get(Figure.CLIENT_CONNECTIONS))
                            + " clients, heartbeat "
                            + Quantity.micros(1000.0 * figures.get(Figure.HEARTBEAT_AGE_MS)));
        }
        return String.join("; ", words);
    }

    private Table pools() {
        Table table = new Table(1, "pool", "req/s", "err/s", "mean", "p99", "clients", "new/s");
        now.pools().stream()
                .map(pool -> new Row(pool.name(), "", rates(pool.name(), "", pool.figures())))
                .sorted(busiest(POOL_REQUESTS))
                .forEach(row ->
                        table.add(
                                row.pool(),
                                Quantity.rate(row.rates().perSecond(POOL_REQUESTS)),
                                Quantity.rate(row.rates().perSecond(POOL_ERRORS)),
                                Quantity.micros(row.rates().meanMicros()),
                                StatsPage.latency(row.rates().now(), Figure.LATENCY_P99_US),
                                Quantity.count(row.rates().now().get(Figure.CLIENT_CONNECTIONS)),
                                Quantity.rate(row.rates().perSecond(Figure.CLIENT_ACCEPTS))));
        return table;
    }

    private Table servers() {
        Table table = new Table(2, SERVER_HEAD.toArray(new String[0]));
        List<Row> rows = new ArrayList<>();
        for (Sample.Pool pool : now.pools()) {
            for (Sample.Server server : pool.servers()) {
                Rates rates = rates(pool.name(), server.name(), server.figures());
                rows.add(new Row(pool.name(), server.name(), rates));
            }
        }
        rows.sort(busiest(Figure.REQUESTS));
        rows.forEach(row -> add(table, row));
        return table;
    }

    private static void add(Table table, Row row) {
        Rates rates = row.rates();
        Figures figures = rates.now();
        long found = rates.growth(Figure.GET_HITS);
        table.add(
                row.server(),
                row.pool(),
                Quantity.rate(rates.perSecond(Figure.REQUESTS)),
                Quantity.rate(rates.perSecond(SERVER_ERRORS)),
                Quantity.percent(found, rates.growth(Figure.GET_HITS, Figure.GET_MISSES)),
                Quantity.micros(rates.meanMicros()),
                StatsPage.latency(figures, Figure.LATENCY_P99_US),
                Quantity.count(figures.sum(Figure.IN_QUEUE, Figure.OUT_QUEUE)),
                Quantity.count(figures.get(Figure.SERVER_CONNECTIONS)),
                StatsPage.ejected(figures),
                Quantity.bytes(rates.perSecond(Figure.REQUEST_BYTES)),
                Quantity.bytes(rates.perSecond(Figure.RESPONSE_BYTES)));
    }

    private Rates rates(String pool, String server, Figures figures) {
        return Rates.between(old.get(key(pool, server)), figures, seconds);
    }

    private static Comparator<Row> busiest(Figure... requests) {
        return Comparator.comparingDouble((Row row) -> -row.rates().perSecond(requests));
    }

    /** A pool, or a server of it. */
    private record Row(String pool, String server, Rates rates) {}
}
