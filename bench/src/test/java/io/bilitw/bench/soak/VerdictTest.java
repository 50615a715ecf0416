package io.bilitw.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Timetable TIMETABLE = new Timetable(600);
    private static final ProcessSample STEADY = new ProcessSample(1, 70, 30, 20);
    private static final ProcessSample WORKER = new ProcessSample(2, 100, 50, 18);
    private static final int SAMPLES = 120;

    @Test
    void findsNothingWhereNothingGrows() {
        assertThat(grown(run(i -> sample(i, STEADY, WORKER, 10, 2)))).isEmpty();
        assertThat(Verdict.of(run(i -> sample(i, STEADY, WORKER, 10, 2)), TIMETABLE)).hasSize(13);
    }

    @Test
    void findsAWorkerThatGrows() {
        assertThat(
                        grown(
                                run(i ->
                                        sample(
                                                i,
                                                STEADY,
                                                new ProcessSample(2, i, 50 + i, 18 + i / 10),
                                                10,
                                                2))))
                .containsExactly("worker 2: resident, MB", "worker 2: files", "worker 2: threads");
    }

    @Test
    void findsAMasterThatGrowsUnderReloadsAlone() {
        assertThat(
                        grown(
                                run(i ->
                                        sample(
                                                i,
                                                new ProcessSample(1, 70 + Math.min(i, 48), 30, 20),
                                                WORKER,
                                                10,
                                                2))))
                .containsExactly("master, reloads: resident, MB");
    }

    @Test
    void findsAMasterThatGrowsAllTheTime() {
        assertThat(grown(run(i -> sample(i, new ProcessSample(1, 70, 30 + i, 20), WORKER, 10, 2))))
                .containsExactly("master, reloads: files", "master: files");
    }

    @Test
    void findsBuffersAndTimesThatGrow() {
        assertThat(grown(run(i -> sample(i, STEADY, WORKER, 10 + i / 4.0, 2 + i * i / 100.0))))
                .containsExactly("workers: buffers, MB", "workers: p99, ms", "workers: p99.9, ms");
    }

    @Test
    void forgivesOneDisturbedHalfOfTheTimes() {
        assertThat(grown(run(i -> sample(i, STEADY, WORKER, 10, i % 2 == 0 ? 2 : 5 * i))))
                .isEmpty();
    }

    @Test
    void forgivesGrowthInTheFirstQuarter() {
        IntFunction<Sample> warm =
                i -> sample(i, STEADY, new ProcessSample(2, Math.min(i, 65), 50, 18), 10, 2);

        assertThat(grown(run(warm))).isEmpty();
    }

    @Test
    void comparesNoWorkerWithItsPredecessor() {
        IntFunction<Sample> replaced =
                i -> sample(i, STEADY, new ProcessSample(i < 100 ? 2 : 3, i, 50, 18), 10, 2);

        assertThat(Verdict.of(run(replaced), TIMETABLE))
                .extracting(Comparison::what)
                .noneMatch(what -> what.startsWith("worker "));
    }

    @Test
    void comparesNothingOfARunThatHasJustBegun() {
        assertThat(Verdict.of(List.of(), TIMETABLE)).isEmpty();
        assertThat(Verdict.of(run(i -> sample(i, STEADY, WORKER, 10, 2)).subList(0, 3), TIMETABLE))
                .isEmpty();
    }

    private static List<String> grown(List<Sample> samples) {
        return Verdict.of(samples, TIMETABLE).stream()
                .filter(Comparison::hasGrown)
                .map(Comparison::what)
                .toList();
    }

    private static List<Sample> run(IntFunction<Sample> samples) {
        List<Sample> all = new ArrayList<>();
        for (int i = 1; i <= SAMPLES; i++) {
            all.add(samples.apply(i));
        }
        return all;
    }

    private static Sample sample(
            int number, ProcessSample master, ProcessSample worker, double buffers, double p99) {
        double seconds = number * TIMETABLE.seconds() / SAMPLES;
        return new Sample(
                seconds,
                9000,
                p99,
                2 * p99,
                master,
                List.of(worker),
                buffers,
                10,
                40,
                0,
                List.of());
    }
}
