package io.bilitw.bench.soak;

import io.bilitw.bench.load.Latencies;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Looks at the proxy in intervals, prints a line each time, and keeps all. */
final class Observer {

    private static final int LINES_OF_TITLE = 60;
    private static final double MEGABYTE = 1 << 20;
    private static final double NANOS_OF_MILLI = 1e6;

    private final SoakStand stand;
    private final Tally tally;
    private final PrintStream out;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Observer(SoakStand stand, Tally tally, PrintStream out) {
        this.stand = stand;
        this.tally = tally;
        this.out = out;
    }

    /** Has the next line say what has happened. */
    void note(String what) {
        notes.add(what);
    }

    /** Returns the samples until now, in order. */
    List<Sample> samples() {
        return samples;
    }

    /** Returns when the last sample was taken. */
    double lastSeconds() {
        return samples.isEmpty() ? 0 : samples.getLast().seconds();
    }

    /** Looks, and prints a line. */
    void look(double seconds) throws IOException {
        Tally.Interval interval = tally.take();
        Latencies latencies = interval.latencies();
        Stats stats = stand.stats();
        Sample sample =
                new Sample(
                        seconds,
                        interval.answered() / (seconds - lastSeconds()),
                        latencies.nanosAt(0.99) / NANOS_OF_MILLI,
                        latencies.nanosAt(0.999) / NANOS_OF_MILLI,
                        ProcessSample.of(stand.master()),
                        workers(),
                        stats.number("buffer_bytes") / MEGABYTE,
                        stats.number("heap_bytes") / MEGABYTE,
                        stats.number("curr_connections"),
                        tally.explained(),
                        List.copyOf(notes));
        if (samples.size() % LINES_OF_TITLE == 0) {
            out.print(Sample.TITLE);
        }
        out.println(sample.line());
        samples.add(sample);
        notes.clear();
    }

    private List<ProcessSample> workers() {
        List<ProcessSample> workers = new ArrayList<>();
        for (long pid : stand.workers()) {
            try {
                workers.add(ProcessSample.of(pid));
            } catch (IOException _) {
                // An old one that has ended meanwhile.
            }
        }
        return workers;
    }
}
