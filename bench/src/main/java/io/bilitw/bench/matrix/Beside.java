package io.bilitw.bench.matrix;

import io.bilitw.bench.load.LoadException;
import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.load.LoadRun;
import io.bilitw.bench.process.BenchException;
import io.bilitw.bench.process.Children;
import io.bilitw.bench.process.ProcessFigures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Measures what stands beside the matrix: starts, cold and idle proxies, memory, pauses. */
final class Beside {

    private static final BenchRow ROW = BenchRow.ALL.getFirst();
    private static final BenchRow PIPELINE_ROW = BenchRow.ALL.get(2);
    private static final int COLD_MILLIS = 5000;
    private static final int WARM_UP_MILLIS = 2000;
    private static final int IDLE_MILLIS = 10_000;
    private static final int WAKING_MILLIS = 500;
    private static final int SETTLE_MILLIS = 15_000;
    private static final BenchRow BURST_ROW =
            new BenchRow(LoadProtocol.REDIS, "set", 12, 1, 5 << 20, Goal.NONE);
    private static final BenchRow GARBAGE_ROW =
            new BenchRow(LoadProtocol.REDIS, "mget:100", 50, 1, 32, Goal.NONE);
    private static final int IDLE_CLIENTS = 10_000;
    private static final int SPREAD_CLIENTS = 1_000;
    private static final int REQUESTS_OF_ALLOCATION = 1_000_000;
    private static final long RELOAD_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final BenchOptions options;
    private final Stand stand;
    private final Consumer<Figure> figures;
    private Peer bilitw;
    private Peer nutcracker;
    private double nutcrackersRate; // requests per second that it sustains
    private int seed;

    /** Starts what is measured; gives each figure away as soon as it has it. */
    Beside(BenchOptions options, Children children, Consumer<Figure> figures)
            throws IOException, BenchException, LoadException {
        this.options = options;
        this.figures = figures;
        stand = new Stand(options.home(), children, LoadProtocol.REDIS);
        measureStarts();
        nutcracker = stand.startNutcracker();
        stand.fill(ROW, nutcracker);
        Matrix.turn(nutcracker, ROW, COLD_MILLIS, ++seed); // the load has a JVM to warm up, too
        bilitw = stand.startBilitw(1, Stand.PROXIES_PROCESSOR);
    }

    /** Measures all figures. */
    void measure() throws IOException, LoadException, BenchException {
        measureCold();
        measureWarm();
        measureWorkingMemory();
        measureAllocation();
        measurePauses();
        measureIdleTime();
        measureIdleClients();
        measureBurst();
        measureReload();
        measureWorkers();
    }

    private void measureStarts() throws IOException, BenchException {
        double[] ours = new double[options.rounds()];
        double[] theirs = new double[options.rounds()];
        for (int round = 0; round < options.rounds(); round++) {
            long start = System.nanoTime();
            bilitw = stand.startBilitw(1, Stand.BOTH_PROCESSORS);
            ours[round] = (System.nanoTime() - start) / 1e6;
            bilitw.end();
            start = System.nanoTime();
            nutcracker = stand.startNutcracker();
            theirs[round] = (System.nanoTime() - start) / 1e6;
            nutcracker.end();
        }
        add("start to first answer", "ms", Spread.of(ours).median(), Spread.of(theirs).median());
    }

    private void measureCold() throws IOException, LoadException {
        Sample ours = Matrix.turn(bilitw, ROW, COLD_MILLIS, ++seed);
        Sample theirs = Matrix.turn(nutcracker, ROW, COLD_MILLIS, ++seed);
        add(
                "processor time, first 5 s after the start",
                "us/request",
                ours.processorNanos() / 1000,
                theirs.processorNanos() / 1000);
        add("p99, first 5 s after the start", "us", ours.p99() / 1000, theirs.p99() / 1000);
    }

    private void measureWarm() throws IOException, LoadException {
        Matrix.turn(bilitw, PIPELINE_ROW, WARM_UP_MILLIS, ++seed);
        Matrix.turn(bilitw, ROW, WARM_UP_MILLIS, ++seed);
        List<Sample> ours = new ArrayList<>();
        List<Sample> theirs = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            ours.add(Matrix.turn(bilitw, ROW, options.millis(), ++seed));
            theirs.add(Matrix.turn(nutcracker, ROW, options.millis(), ++seed));
        }
        addMedians("processor time, warm", "us/request", ours, theirs, Sample::processorNanos);
        addMedians("p99, warm", "us", ours, theirs, Sample::p99);
        nutcrackersRate = RowResult.spread(theirs, each -> each.load().perSecond()).median();
    }

    private void measureWorkingMemory() throws IOException, LoadException {
        try (LoadRun ours = LoadRun.connect(ROW.load(bilitw.port(), options.millis(), ++seed));
                LoadRun theirs =
                        LoadRun.connect(ROW.load(nutcracker.port(), options.millis(), ++seed))) {
            ours.load();
            theirs.load();
            add("resident memory, 50 clients", "MB", memoryOfWorker(), memoryOfNutcracker());
            double master = ProcessFigures.residentMegabytes(bilitw.first());
            add("resident memory of the master", "MB", master, Double.NaN);
        }
    }

    private void measureAllocation() throws IOException, LoadException {
        long worker = bilitw.workers().getFirst();
        try (LoadRun run =
                LoadRun.connect(
                        ROW.options(bilitw.port(), "--requests " + REQUESTS_OF_ALLOCATION))) {
            run.greet();
            double before = ProcessFigures.allocatedBytes(worker);
            run.load();
            double bytes = ProcessFigures.allocatedBytes(worker) - before;
            add("bytes allocated", "B/request", bytes / REQUESTS_OF_ALLOCATION, Double.NaN);
        }
    }

    /** Measures requests of many keys, which leave garbage, as a GET or SET leaves none. */
    private void measurePauses() throws IOException, LoadException {
        long worker = bilitw.workers().getFirst();
        Path log = stand.directory().resolve("pauses");
        Matrix.turn(bilitw, GARBAGE_ROW, WARM_UP_MILLIS, ++seed);
        ProcessFigures.logPauses(worker, log, true);
        for (int round = 0; round < options.rounds(); round++) {
            Matrix.turn(bilitw, GARBAGE_ROW, options.millis(), ++seed);
        }
        ProcessFigures.logPauses(worker, log, false);
        double[] millis = ProcessFigures.pauseMillis(Files.readString(log));
        String name = "garbage collection, mget:100";
        add("pauses for " + name, "pauses", millis.length, Double.NaN);
        double p999 = millis.length == 0 ? 0 : millis[(int) Math.ceil(millis.length * 0.999) - 1];
        add("p99.9 of them", "ms", p999, Double.NaN);
    }

    /**
     * Measures idle proxies, and beside them a thread of this process that only wakes up now and
     * then: what that takes is the machine's doing.
     */
    private void measureIdleTime() throws IOException {
        settle();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ProcessorTime ours = ProcessorTime.of(bilitw.pids());
        ProcessorTime theirs = ProcessorTime.of(nutcracker.pids());
        long sleeper = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WAKING_MILLIS));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        sleeper = threads.getCurrentThreadCpuTime() - sleeper;
        add(
                "processor time without any request",
                "us/s",
                ProcessorTime.of(bilitw.pids()).nanosSince(ours) / 1000.0 / seconds,
                ProcessorTime.of(nutcracker.pids()).nanosSince(theirs) / 1000.0 / seconds);
        String name = "the same of a thread that wakes twice a second";
        add(name, "us/s", sleeper / 1000.0 / seconds, Double.NaN);
    }

    /** Measures one proxy after the other, as this process must hold the clients too. */
    private void measureIdleClients() throws IOException, LoadException {
        String clients = "--clients " + IDLE_CLIENTS;
        double ours;
        double theirs;
        try (LoadRun run = LoadRun.connect(ROW.options(bilitw.port(), clients))) {
            run.greet();
            settle();
            ours = memoryOfWorker();
        }
        try (LoadRun run = LoadRun.connect(ROW.options(nutcracker.port(), clients))) {
            run.greet();
            theirs = memoryOfNutcracker();
        }
        add("resident memory, " + IDLE_CLIENTS + " idle clients", "MB", ours, theirs);
    }

    /** Values of 5 MB come and go, and so should the memory for them. */
    private void measureBurst() throws IOException, LoadException {
        settle();
        add("resident memory, before a burst of 5 MB values", "MB", memoryOfWorker(), Double.NaN);
        Matrix.turn(bilitw, BURST_ROW, options.millis(), ++seed);
        add("resident memory, in that burst", "MB", memoryOfWorker(), Double.NaN);
        settle();
        add("resident memory, after it", "MB", memoryOfWorker(), Double.NaN);
        stand.fill(ROW, nutcracker);
    }

    /** Waits until an idle proxy has come to rest and has given back what it does not need. */
    private static void settle() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
    }

    private double memoryOfWorker() throws IOException {
        return ProcessFigures.residentMegabytes(bilitw.workers().getFirst());
    }

    private double memoryOfNutcracker() throws IOException {
        return ProcessFigures.residentMegabytes(nutcracker.first());
    }

    /** Measures a load at a fixed rate, once as it is and once with a reload at its beginning. */
    private void measureReload() throws IOException, LoadException, BenchException {
        String rate = "--rate " + Math.round(nutcrackersRate / 2);
        double[] ours = new double[options.rounds()];
        double[] theirs = new double[options.rounds()];
        double[] reloaded = new double[options.rounds()];
        for (int round = 0; round < options.rounds(); round++) {
            ours[round] = p99(bilitw, rate);
            theirs[round] = p99(nutcracker, rate);
            long old = bilitw.workers().getFirst();
            new ProcessBuilder("kill", "-HUP", String.valueOf(bilitw.first())).start();
            reloaded[round] = p99(bilitw, rate);
            awaitSuccessor(old);
            Matrix.turn(bilitw, PIPELINE_ROW, WARM_UP_MILLIS, ++seed);
            Matrix.turn(bilitw, ROW, WARM_UP_MILLIS, ++seed);
        }
        String name = "p99 at half of nutcracker's rate";
        add(name, "us", Spread.of(ours).median() / 1000, Spread.of(theirs).median() / 1000);
        add(
                "the same, first 5 s from a reload on",
                "us",
                Spread.of(reloaded).median() / 1000,
                Double.NaN);
    }

    private double p99(Peer peer, String rate) throws IOException, LoadException {
        return Matrix.turn(peer, ROW.load(peer.port(), COLD_MILLIS, ++seed, rate)).p99();
    }

    /** Waits until a reload has left one worker, which is not the {@code old} one. */
    private void awaitSuccessor(long old) throws IOException, BenchException {
        long start = System.nanoTime();
        List<Long> workers = bilitw.workers();
        while (workers.size() != 1 || workers.contains(old)) {
            if (System.nanoTime() - start > RELOAD_NANOS) {
                throw new BenchException("A reload of bilitw did not end in 30 seconds.");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            workers = bilitw.workers();
        }
    }

    /** Compares one worker with two, which have a processor each: the second that of the load. */
    private void measureWorkers() throws IOException, LoadException, BenchException {
        bilitw.end();
        for (int workers = 1; workers <= 2; workers++) {
            String processors = workers == 1 ? Stand.PROXIES_PROCESSOR : Stand.BOTH_PROCESSORS;
            bilitw = stand.startBilitw(workers, processors);
            Matrix.turn(bilitw, PIPELINE_ROW, WARM_UP_MILLIS, ++seed);
            List<Sample> samples = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                samples.add(Matrix.turn(bilitw, PIPELINE_ROW, options.millis(), ++seed));
            }
            if (workers > 1) {
                measureSpread();
            }
            bilitw.end();
            String name = ", pipeline 16, -n " + workers;
            double nanos = RowResult.spread(samples, Sample::processorNanos).median();
            add("processor time" + name, "us/request", nanos / 1000, Double.NaN);
            double rate = RowResult.spread(samples, each -> each.load().perSecond()).median();
            add("throughput" + name, "requests/s", rate, Double.NaN);
        }
    }

    /** Connects clients, of which each worker should have as many as any other. */
    private void measureSpread() throws IOException, LoadException {
        List<Integer> clients = new ArrayList<>();
        for (long worker : bilitw.workers()) {
            clients.add(-ProcessFigures.sockets(worker));
        }
        String many = "--clients " + SPREAD_CLIENTS;
        try (LoadRun run = LoadRun.connect(ROW.options(bilitw.port(), many))) {
            run.greet();
            for (int i = 0; i < clients.size(); i++) {
                long worker = bilitw.workers().get(i);
                clients.set(i, clients.get(i) + ProcessFigures.sockets(worker));
            }
        }
        String name = "clients of the one of two workers that has most, of " + SPREAD_CLIENTS;
        add(name, "clients", Collections.max(clients), Double.NaN);
    }

    private void addMedians(
            String name,
            String unit,
            List<Sample> ours,
            List<Sample> theirs,
            ToDoubleFunction<Sample> nanosOfSample) {
        add(
                name,
                unit,
                RowResult.spread(ours, nanosOfSample).median() / 1000,
                RowResult.spread(theirs, nanosOfSample).median() / 1000);
    }

    private void add(String name, String unit, double ours, double theirs) {
        figures.accept(new Figure(name, unit, text(ours), text(theirs)));
    }

    private static String text(double number) {
        return Double.isNaN(number)
                ? Figure.NONE
                : Math.abs(number) < 100 ? Figures.two(number) : Figures.whole(number);
    }
}
