package io.bilitw.bench.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The tables as text, line by line. */
final class TextReport {

    private static final String TIME_LAYOUT =
            "%-30s %9s %9s %9s  %9s %9s %9s  %6s %-11s %5s %5s %s";
    private static final String RATE_LAYOUT = "%-30s %11s  %9s %9s %9s  %9s %9s %9s  %-6s %-6s";
    private static final String LOAD_LAYOUT = "%-30s %-10s %11s %9s %9s %9s";

    private TextReport() {}

    /** Returns the lines above the table of processor time. */
    static List<String> timeHeader() {
        return List.of(
                "Processor time per request in microseconds: least, median, greatest round",
                TIME_LAYOUT.formatted(
                        "", "bilitw", "", "", "nutcracker", "", "", "", "", "", "", ""),
                TIME_LAYOUT.formatted(
                        "row",
                        "least",
                        "median",
                        "greatest",
                        "least",
                        "median",
                        "greatest",
                        "ratio",
                        "spread",
                        "must",
                        "aim",
                        "met"));
    }

    /** Returns the line of a row in the table of processor time. */
    static String time(RowResult result) {
        String name = result.row().name();
        if (result.hasFailed()) {
            return "%-30s FAILED: %s".formatted(name, result.faults().getLast());
        }
        Spread ours = RowResult.spread(result.ours(), Sample::processorNanos);
        Spread theirs = RowResult.spread(result.theirs(), Sample::processorNanos);
        Spread ratios = result.ratios();
        Goal goal = result.row().goal();
        return TIME_LAYOUT.formatted(
                name,
                Figures.micros(ours.least()),
                Figures.micros(ours.median()),
                Figures.micros(ours.greatest()),
                Figures.micros(theirs.least()),
                Figures.micros(theirs.median()),
                Figures.micros(theirs.greatest()),
                Figures.two(result.ratio()),
                Figures.two(ratios.least()) + "-" + Figures.two(ratios.greatest()),
                Goal.text(goal.must()),
                Goal.text(goal.aim()),
                result.verdict() + repeated(result.faults()));
    }

    private static String repeated(List<String> faults) {
        return faults.isEmpty()
                ? ""
                : "  (turns repeated: %d, the last as %s)"
                        .formatted(faults.size(), faults.getLast());
    }

    /** Returns the table of throughput and latency. */
    static List<String> loads(List<RowResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add("Requests per second, and latency of a batch in microseconds: median round");
        lines.add(LOAD_LAYOUT.formatted("row", "", "requests/s", "p50", "p99", "p99.9"));
        for (RowResult result : results) {
            for (int peer = 0; peer < RowResult.PEERS.size() && !result.hasFailed(); peer++) {
                String name = peer == 0 ? result.row().name() : "";
                List<Sample> samples = result.samples().get(peer);
                lines.add(
                        LOAD_LAYOUT.formatted(
                                name,
                                RowResult.PEERS.get(peer),
                                Figures.whole(median(samples, s -> s.load().perSecond())),
                                Figures.whole(median(samples, Sample::p50) / 1000),
                                Figures.whole(median(samples, Sample::p99) / 1000),
                                Figures.whole(median(samples, Sample::p999) / 1000)));
            }
        }
        return lines;
    }

    /** Returns the table of latency at a fixed rate. */
    static List<String> latencies(List<RowResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Latency of a batch in microseconds at half of the requests/s that nutcracker"
                        + " sustained: median round; met: not above nutcracker's");
        lines.add(RATE_LAYOUT.formatted("", "", "bilitw", "", "", "nutcracker", "", "", "met", ""));
        lines.add(
                RATE_LAYOUT.formatted(
                        "row",
                        "requests/s",
                        "p50",
                        "p99",
                        "p99.9",
                        "p50",
                        "p99",
                        "p99.9",
                        "p99",
                        "p99.9"));
        for (RowResult result : results) {
            if (!result.hasFailed()) {
                lines.add(latencies(result));
            }
        }
        return lines;
    }

    private static String latencies(RowResult result) {
        List<Object> cells = new ArrayList<>();
        cells.add(result.row().name());
        cells.add(String.valueOf(result.rate()));
        List<LatencyPair> pairs = result.latenciesAtRate();
        pairs.forEach(pair -> cells.add(Figures.whole(pair.ours().median() / 1000)));
        pairs.forEach(pair -> cells.add(Figures.whole(pair.theirs().median() / 1000)));
        pairs.stream().skip(1).forEach(pair -> cells.add(pair.verdict()));
        return RATE_LAYOUT.formatted(cells.toArray());
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return RowResult.spread(samples, figure).median();
    }
}
