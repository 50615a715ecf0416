package io.bilitw.bench.matrix;

import java.util.ArrayList;
import java.util.List;

/** The figures as CSV, one line a row and peer. */
final class CsvReport {

    private static final String HEADER =
            "protocol,command,clients,pipeline,value_bytes,peer,rounds,"
                    + "cpu_least_ns,cpu_median_ns,cpu_greatest_ns,"
                    + "requests_per_second,p50_us,p99_us,p999_us,"
                    + "rate,p50_at_rate_us,p99_at_rate_us,p999_at_rate_us,"
                    + "ratio,ratio_least,ratio_greatest,must,aim,met,repeated_turns";

    private CsvReport() {}

    /** Returns the lines; a row that failed has none. */
    static List<String> lines(List<RowResult> results) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (RowResult result : results) {
            for (int peer = 0; peer < RowResult.PEERS.size() && !result.hasFailed(); peer++) {
                lines.add(line(result, peer));
            }
        }
        return lines;
    }

    private static String line(RowResult result, int peer) {
        BenchRow row = result.row();
        List<Sample> samples = result.samples().get(peer);
        List<String> cells = new ArrayList<>();
        cells.add(row.protocol().toString());
        cells.add(row.command());
        cells.add(String.valueOf(row.clients()));
        cells.add(String.valueOf(row.pipeline()));
        cells.add(String.valueOf(row.valueBytes()));
        cells.add(RowResult.PEERS.get(peer));
        cells.add(String.valueOf(samples.size()));
        Spread time = RowResult.spread(samples, Sample::processorNanos);
        boolean isProxy = peer < 2;
        cells.add(isProxy ? Figures.whole(time.least()) : "");
        cells.add(isProxy ? Figures.whole(time.median()) : "");
        cells.add(isProxy ? Figures.whole(time.greatest()) : "");
        cells.add(Figures.whole(RowResult.spread(samples, s -> s.load().perSecond()).median()));
        cells.add(Figures.micros(RowResult.spread(samples, Sample::p50).median()));
        cells.add(Figures.micros(RowResult.spread(samples, Sample::p99).median()));
        cells.add(Figures.micros(RowResult.spread(samples, Sample::p999).median()));
        cells.addAll(isProxy ? rateCells(result, peer) : List.of("", "", "", ""));
        cells.addAll(peer == 0 ? ratioCells(result) : List.of("", "", "", "", "", "", ""));
        return String.join(",", cells);
    }

    private static List<String> rateCells(RowResult result, int peer) {
        List<String> cells = new ArrayList<>();
        cells.add(String.valueOf(result.rate()));
        for (LatencyPair pair : result.latenciesAtRate()) {
            Spread spread = peer == 0 ? pair.ours() : pair.theirs();
            cells.add(Figures.micros(spread.median()));
        }
        return cells;
    }

    private static List<String> ratioCells(RowResult result) {
        Goal goal = result.row().goal();
        return List.of(
                Figures.two(result.ratio()),
                Figures.two(result.ratios().least()),
                Figures.two(result.ratios().greatest()),
                Goal.text(goal.must()),
                Goal.text(goal.aim()),
                result.verdict(),
                String.valueOf(result.faults().size()));
    }
}
