package io.bilitw.terminal;

import java.util.ArrayList;
import java.util.List;

/** The figures as they are counted, since the start of the instance. */
public final class StatsPage {

    private StatsPage() {}

    /** The lines that show {@code sample}, and of its pools {@code pools} alone. */
    public static List<String> lines(Sample sample, List<Sample.Pool> pools) {
        List<String> lines = new ArrayList<>();
        lines.add(head(sample));
        if (!sample.workers().isEmpty()) {
            lines.add("");
            lines.addAll(workers(sample));
        }
        for (Sample.Pool pool : pools) {
            lines.add("");
            lines.addAll(poolLines(pool));
            lines.addAll(servers(pool).lines());
        }
        return lines;
    }

    /** The line that says who it is. */
    static String head(Sample sample) {
        Figures figures = sample.figures();
        List<String> words = new ArrayList<>();
        words.add(sample.service() + " " + sample.version() + " on " + sample.source());
        words.add("up " + Quantity.duration(figures.get(Figure.UPTIME)));
        if (!sample.workers().isEmpty()) {
            words.add(counted(sample.workers().size(), "worker"));
        }
        if (figures.get(Figure.RELOADS) != Figures.MISSING) {
            long failed = Math.max(0, figures.get(Figure.FAILED_RELOADS));
            words.add(
                    counted(figures.get(Figure.RELOADS), "reload")
                            + (failed > 0 ? " and " + failed + " failed" : ""));
        }
        if (figures.get(Figure.WORKER_RESTARTS) != Figures.MISSING) {
            words.add(counted(figures.get(Figure.WORKER_RESTARTS), "worker restart"));
        }
        words.add(Quantity.count(figures.get(Figure.CURR_CONNECTIONS)) + " connections");
        return String.join(", ", words);
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static List<String> workers(Sample sample) {
        Table table = new Table(1, "worker", "pid", "state", "uptime", "heartbeat", "clients");
        for (Sample.Worker worker : sample.workers()) {
            Figures figures = worker.figures();
            table.add(
                    Quantity.count(figures.get(Figure.INDEX)),
                    Quantity.count(figures.get(Figure.PID)),
                    worker.state(),
                    Quantity.duration(figures.get(Figure.UPTIME)),
                    Quantity.micros(1000.0 * figures.get(Figure.HEARTBEAT_AGE_MS)),
                    Quantity.count(figures.get(Figure.CLIENT_CONNECTIONS)));
        }
        return table.lines();
    }

    private static List<String> poolLines(Sample.Pool pool) {
        Figures figures = pool.figures();
        List<String> clients =
                List.of(
                        named("clients", figures, Figure.CLIENT_CONNECTIONS),
                        named("accepted", figures, Figure.CLIENT_ACCEPTS),
                        named("refused", figures, Figure.CLIENT_REFUSED),
                        named("eofs", figures, Figure.CLIENT_EOF),
                        named("errors", figures, Figure.CLIENT_ERR),
                        named("forward errors", figures, Figure.FORWARD_ERROR),
                        named("ejects", figures, Figure.SERVER_EJECTS));
        List<String> requests =
                List.of(
                        named("requests get", figures, Figure.REQUESTS_GET),
                        named("read", figures, Figure.REQUESTS_READ),
                        named("write", figures, Figure.REQUESTS_WRITE),
                        named("other", figures, Figure.REQUESTS_OTHER),
                        named("slow", figures, Figure.SLOW_REQUESTS),
                        named("fragments", figures, Figure.FRAGMENTS),
                        "p50 " + latency(figures, Figure.LATENCY_P50_US),
                        "p99 " + latency(figures, Figure.LATENCY_P99_US),
                        "p99.9 " + latency(figures, Figure.LATENCY_P999_US),
                        "max " + latency(figures, Figure.LATENCY_MAX_US));
        return List.of(
                "pool " + pool.name() + ": " + String.join(", ", clients),
                "  " + String.join(", ", requests));
    }

    private static String named(String name, Figures figures, Figure figure) {
        return name + " " + Quantity.count(figures.get(figure));
    }

    private static Table servers(Sample.Pool pool) {
        Table table =
                new Table(
                        1,
                        "server",
                        "conns",
                        "requests",
                        "err/time/eof",
                        "ejected",
                        "hits",
                        "in queue",
                        "out queue",
                        "bytes in",
                        "bytes out",
                        "p50",
                        "p99",
                        "p99.9",
                        "max");
        for (Sample.Server server : pool.servers()) {
            Figures figures = server.figures();
            table.add(
                    server.name(),
                    Quantity.count(figures.get(Figure.SERVER_CONNECTIONS)),
                    Quantity.count(figures.get(Figure.REQUESTS)),
                    errors(figures),
                    ejected(figures),
                    Quantity.percent(
                            figures.get(Figure.GET_HITS),
                            figures.sum(Figure.GET_HITS, Figure.GET_MISSES)),
                    Quantity.count(figures.get(Figure.IN_QUEUE)),
                    Quantity.count(figures.get(Figure.OUT_QUEUE)),
                    Quantity.bytes(figures.get(Figure.REQUEST_BYTES)),
                    Quantity.bytes(figures.get(Figure.RESPONSE_BYTES)),
                    latency(figures, Figure.LATENCY_P50_US),
                    latency(figures, Figure.LATENCY_P99_US),
                    latency(figures, Figure.LATENCY_P999_US),
                    latency(figures, Figure.LATENCY_MAX_US));
        }
        return table;
    }

    private static String errors(Figures figures) {
        return Quantity.count(figures.get(Figure.SERVER_ERR))
                + "/"
                + Quantity.count(figures.get(Figure.SERVER_TIMEDOUT))
                + "/"
                + Quantity.count(figures.get(Figure.SERVER_EOF));
    }

    /** Says how many workers have ejected the server now. */
    static String ejected(Figures figures) {
        long workers = figures.get(Figure.EJECTED);
        return workers == 0 ? "no" : workers < 0 ? Quantity.NONE : "by " + workers;
    }

    /** A latency, if there was any. */
    static String latency(Figures figures, Figure figure) {
        return figures.get(Figure.LATENCY_COUNT) == 0
                ? Quantity.NONE
                : Quantity.micros(figures.get(figure));
    }
}
