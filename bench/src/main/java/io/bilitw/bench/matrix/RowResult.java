package io.bilitw.bench.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured in a row.
 *
 * @param ours a sample of each round
 * @param theirs the same of nutcracker
 * @param floor the same of no proxy
 * @param oursAtRate a sample of bilitw at {@link #rate()}, of each round
 * @param theirsAtRate the same of nutcracker
 * @param faults what went wrong in turns that were then repeated, or why the row has no figures
 */
record RowResult(
        BenchRow row,
        List<Sample> ours,
        List<Sample> theirs,
        List<Sample> floor,
        List<Sample> oursAtRate,
        List<Sample> theirsAtRate,
        List<String> faults) {

    /** The peers in the order of {@link #samples}. */
    static final List<String> PEERS = List.of("bilitw", "nutcracker", "no proxy");

    /** Returns a result that samples are added to. */
    static RowResult empty(BenchRow row) {
        return new RowResult(
                row,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    static RowResult failed(BenchRow row, String fault) {
        List<Sample> none = List.of();
        return new RowResult(row, none, none, none, none, none, List.of(fault));
    }

    boolean hasFailed() {
        return ours.isEmpty();
    }

    List<List<Sample>> samples() {
        return List.of(ours, theirs, floor);
    }

    /** Returns the spread of one figure of a peer. */
    static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().mapToDouble(figure).toArray());
    }

    /** Returns the ratio of the medians of processor time. */
    double ratio() {
        return spread(ours, Sample::processorNanos).median()
                / spread(theirs, Sample::processorNanos).median();
    }

    /** Returns the spread of the ratios of the rounds. */
    Spread ratios() {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).processorNanos() / theirs.get(i).processorNanos();
        }
        return Spread.of(ratios);
    }

    /** Returns half of the requests per second that nutcracker sustained. */
    int rate() {
        return (int) (spread(theirs, sample -> sample.load().perSecond()).median() / 2);
    }

    /** Returns the latencies at {@link #rate()}, of the shares that are looked at. */
    List<LatencyPair> latenciesAtRate() {
        return List.of(latencies(Sample::p50), latencies(Sample::p99), latencies(Sample::p999));
    }

    private LatencyPair latencies(ToDoubleFunction<Sample> share) {
        return new LatencyPair(spread(oursAtRate, share), spread(theirsAtRate, share));
    }

    String verdict() {
        return row.goal().verdict(ratio());
    }
}
