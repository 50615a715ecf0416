package io.bilitw.bench.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The end of a run: what has grown, and what else was not as it must be. */
final class Report {

    private static final int MAX_LOG_LINES = 20;

    private final Timetable timetable;
    private final List<Sample> samples;
    private final Heaps heaps;
    private final Tally tally;
    private final List<String> faults = new ArrayList<>();

    Report(Timetable timetable, List<Sample> samples, Heaps heaps, Tally tally) {
        this.timetable = timetable;
        this.samples = samples;
        this.heaps = heaps;
        this.tally = tally;
    }

    /**
     * Prints it, and returns whether all is well.
     *
     * @param reloads how often the proxy was told to reload
     */
    boolean print(SoakStand stand, int reloads, PrintStream out) throws IOException {
        printGrowth(out);
        out.printf(
                "%n%d requests answered, %d wrong, %d lost, %d failed while a server was away%n",
                tally.allAnswered(), tally.wrong(), tally.lost(), tally.explained());
        tally.faults().forEach(out::println);
        if (tally.wrong() + tally.lost() > 0) {
            faults.add("answers were wrong or requests lost");
        }
        if (tally.allAnswered() == 0) {
            faults.add("nothing was answered");
        }
        if (stand.isAlive()) {
            checkProcesses(stand, reloads, out);
        } else {
            faults.add("the proxy has ended");
        }
        if (!faults.isEmpty()) {
            stand.complaints().stream().limit(MAX_LOG_LINES).forEach(out::println);
        }
        out.println(faults.isEmpty() ? "soak: all is well" : "soak: " + String.join("; ", faults));
        return faults.isEmpty();
    }

    private void checkProcesses(SoakStand stand, int reloads, PrintStream out) throws IOException {
        Stats stats = stand.stats();
        long done = stats.number("reloads");
        long died = stats.number("worker_restarts");
        out.printf("%d reloads of %d, %d workers died%n", done, reloads, died);
        if (died > 0) {
            faults.add("a worker has died");
        }
        if (done < reloads) {
            faults.add("a reload was not done");
        }
    }

    private void printGrowth(PrintStream out) {
        List<Comparison> comparisons = new ArrayList<>(Verdict.of(samples, timetable));
        comparisons.addAll(heaps.comparisons());
        out.printf("%n%s%n", Comparison.TITLE);
        comparisons.forEach(comparison -> out.println(comparison.line()));
        heaps.reasons().forEach(out::println);
        if (samples.isEmpty() || !timetable.isJudged(samples.getLast().seconds())) {
            out.println("Less than five minutes are too short to judge growth.");
        } else if (comparisons.stream().anyMatch(Comparison::hasGrown)) {
            faults.add("something has grown");
        }
    }
}
