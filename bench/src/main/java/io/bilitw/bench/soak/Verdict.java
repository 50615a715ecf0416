package io.bilitw.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says what has grown, by comparing figures of the same process in a {@link Phase}. */
final class Verdict {

    private final List<Comparison> comparisons = new ArrayList<>();

    private Verdict() {}

    /**
     * Compares the master with itself, under reloads and without them, and each of the last workers
     * with itself.
     *
     * @param samples the whole run, or its beginning, in order
     */
    static List<Comparison> of(List<Sample> samples, Timetable timetable) {
        Verdict verdict = new Verdict();
        Phase reloads = Phase.of(samples.stream().filter(timetable::isInReloads).toList());
        Phase calm = Phase.of(samples.stream().filter(it -> !timetable.isInReloads(it)).toList());
        if (reloads.isLongEnough()) {
            verdict.addProcess("master, reloads", reloads, sample -> Stream.of(sample.master()));
        }
        if (calm.isLongEnough()) {
            verdict.addProcess("master", calm, sample -> Stream.of(sample.master()));
            verdict.addWorkers(calm);
        }
        return verdict.comparisons;
    }

    private void addWorkers(Phase calm) {
        for (ProcessSample worker : calm.late().getLast().workers()) {
            addProcess(
                    "worker " + worker.pid(),
                    calm,
                    sample -> sample.workers().stream().filter(it -> it.pid() == worker.pid()));
        }
        for (Gauge<Sample> gauge : Gauge.OF_WORKERS) {
            comparisons.add(gauge.compare("workers", calm.early(), calm.late()));
        }
    }

    private void addProcess(
            String whose, Phase phase, Function<Sample, Stream<ProcessSample>> process) {
        List<ProcessSample> early = phase.early().stream().flatMap(process).toList();
        List<ProcessSample> late = phase.late().stream().flatMap(process).toList();
        if (!early.isEmpty()) { // it may be there in place of one that has died
            Gauge.OF_PROCESS.forEach(gauge -> comparisons.add(gauge.compare(whose, early, late)));
        }
    }
}
