package io.bilitw.bench.soak;

import io.bilitw.bench.process.BenchException;
import io.bilitw.bench.process.CacheServer;
import io.bilitw.bench.process.Children;
import io.bilitw.os.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The command {@code ./dev soak}. */
public final class Soak {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final double RELOAD_SECONDS = 20;
    private static final long AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Timetable timetable;
    private final AtomicBoolean isStopped;
    private final SoakStand stand;
    private final Disturbances disturbances = new Disturbances();
    private final Tally tally = new Tally(disturbances);
    private final Observer observer;
    private final Heaps heaps = new Heaps();
    private final long startNanos = System.nanoTime();
    private double nextRestart;
    private double nextReload;
    private int reloads;
    private int looksAtHeaps;

    private Soak(Timetable timetable, AtomicBoolean isStopped, SoakStand stand, PrintStream out) {
        this.timetable = timetable;
        this.isStopped = isStopped;
        this.stand = stand;
        observer = new Observer(stand, tally, out);
        nextRestart = timetable.betweenRestarts();
        nextReload = timetable.betweenReloads();
    }

    /**
     * Runs, prints, and ends with exit code 1 when an option is wrong or the verdict is bad.
     *
     * @param words the directory of the packaged program, and the options
     */
    @SuppressWarnings("SystemOut")
    public static void main(String... words) {
        List<String> rest = List.of(words).subList(1, words.length);
        if (rest.contains("--help")) {
            System.out.print(SoakOptions.USAGE);
            return;
        }
        boolean good = false;
        try {
            Path home = Path.of(words[0]).toAbsolutePath();
            good = run(SoakOptions.parse(home, rest), stopOnSignal(), System.out);
        } catch (BenchException | IOException e) {
            System.err.println("soak: " + e.getMessage());
        }
        System.exit(good ? 0 : 1);
    }

    /** Has the first Ctrl-C end the run and the second one the process. */
    private static AtomicBoolean stopOnSignal() {
        AtomicBoolean isStopped = new AtomicBoolean();
        for (String signal : List.of("INT", "TERM")) {
            Signals.on(
                    signal,
                    () -> {
                        if (isStopped.getAndSet(true)) {
                            System.exit(1);
                        }
                    });
        }
        return isStopped;
    }

    /** Runs, and returns whether the verdict is good. */
    static boolean run(SoakOptions options, AtomicBoolean isStopped, PrintStream out)
            throws IOException, BenchException {
        Timetable timetable = Timetable.of(options.time());
        try (Children children = new Children()) {
            SoakStand stand = new SoakStand(options.home(), children);
            Soak soak = new Soak(timetable, isStopped, stand, out);
            soak.load();
            return new Report(timetable, soak.observer.samples(), soak.heaps, soak.tally)
                    .print(stand, soak.reloads, out);
        }
    }

    private void load() throws IOException, BenchException {
        try (Load _ = new Load(stand.targets(), disturbances, tally)) {
            while (!isStopped.get() && stand.isAlive() && seconds() < timetable.seconds()) {
                LockSupport.parkNanos(TICK_NANOS);
                restartServer();
                reload();
                lookAtHeaps();
                if (seconds() - observer.lastSeconds() >= timetable.interval()) {
                    observer.look(seconds());
                }
            }
            if (stand.isAlive()) {
                heaps.end();
            }
            awaitReload();
        }
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private void restartServer() throws IOException, BenchException {
        if (seconds() < nextRestart) {
            return;
        }
        nextRestart += timetable.betweenRestarts();
        CacheServer server = stand.nextServer();
        disturbances.begin();
        server.stop();
        LockSupport.parkNanos(AWAY_NANOS);
        server.startAgain();
        disturbances.end();
        observer.note("server restarted");
    }

    private void reload() throws IOException {
        if (seconds() < nextReload
                || seconds() > timetable.lastReload()
                || !stand.hasReloaded(reloads)) {
            return;
        }
        nextReload = seconds() + timetable.betweenReloads();
        stand.reload();
        observer.note("reload " + ++reloads);
    }

    /** Waits for a reload that is not over at the end of the run, but not for ever. */
    private void awaitReload() throws IOException {
        double until = seconds() + RELOAD_SECONDS;
        while (stand.isAlive() && !stand.hasReloaded(reloads) && seconds() < until) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /** Looks at them early and late under reloads, and early without; {@link #load} does late. */
    private void lookAtHeaps() throws IOException {
        if (seconds() < timetable.looksAtHeaps().get(looksAtHeaps) || !stand.hasReloaded(reloads)) {
            return;
        }
        switch (looksAtHeaps++) {
            case 0 -> heaps.begin("master, reloads", stand.master());
            case 1 -> heaps.end();
            default -> {
                heaps.begin("master", stand.master());
                for (long worker : stand.workers()) {
                    heaps.begin("worker " + worker, worker);
                }
            }
        }
        observer.note("collection");
    }
}
