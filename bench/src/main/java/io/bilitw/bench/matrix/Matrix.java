package io.bilitw.bench.matrix;

import io.bilitw.bench.load.LoadException;
import io.bilitw.bench.load.LoadOptions;
import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.load.LoadResult;
import io.bilitw.bench.load.LoadRun;
import io.bilitw.bench.process.BenchException;
import io.bilitw.bench.process.Children;
import java.io.IOException;
import java.util.List;

/** Measures rows of one protocol, each peer in its turn. */
final class Matrix {

    private static final int MAX_WARM_UP_MILLIS = 3000;
    private static final int MAX_WARM_UPS = 8; // of a row

    /** A proxy is warm whose compilers need no more of its processor time than this. */
    private static final double WARM_SHARE = 0.02;

    private static final int MAX_FAULTS = 3; // of a row

    private final BenchOptions options;
    private final Stand stand;
    private final Peer bilitw;
    private final Peer nutcracker;
    private int valueBytes; // of the values that all keys have now
    private int seed;

    /** Starts what is measured. */
    Matrix(BenchOptions options, Children children, LoadProtocol protocol)
            throws IOException, BenchException {
        this.options = options;
        stand = new Stand(options.home(), children, protocol);
        bilitw = stand.startBilitw(1, Stand.PROXIES_PROCESSOR);
        nutcracker = stand.startNutcracker();
    }

    /** Loads bilitw with what later rows have in common, so that they find a warm JVM. */
    void warmUp(BenchRow row) throws IOException, LoadException {
        fill(row);
        turn(bilitw, row.forWarmUp(), Math.min(MAX_WARM_UP_MILLIS, 10 * options.millis()), ++seed);
    }

    /** Measures a row; a turn that fails is repeated, but not for ever. */
    RowResult measure(BenchRow row) {
        RowResult result = RowResult.empty(row);
        List<String> faults = result.faults();
        try {
            fill(row);
            awaitCompilers(row, faults);
            for (int round = 0; round < options.rounds(); round++) {
                result.ours().add(turn(bilitw, row, options.millis(), faults));
                result.theirs().add(turn(nutcracker, row, options.millis(), faults));
                result.floor().add(turn(stand.noProxy(), row, options.millis(), faults));
            }
            String rate = "--rate " + result.rate();
            for (int round = 0; round < options.rounds(); round++) {
                result.oursAtRate().add(turn(bilitw, row, options.millis(), faults, rate));
                result.theirsAtRate().add(turn(nutcracker, row, options.millis(), faults, rate));
            }
            return result;
        } catch (LoadException | IOException e) {
            return RowResult.failed(
                    row,
                    faults.isEmpty() ? "setting all keys: " + e.getMessage() : faults.getLast());
        }
    }

    /** Loads bilitw until its JVM has compiled what the row needs, but not for ever. */
    private void awaitCompilers(BenchRow row, List<String> faults)
            throws IOException, LoadException {
        int millis = Math.min(MAX_WARM_UP_MILLIS, 3 * options.millis());
        boolean isWarm = false;
        for (int i = 0; i < MAX_WARM_UPS && !isWarm; i++) {
            ProcessorTime before = ProcessorTime.of(bilitw.pids());
            ProcessorTime compilersBefore = ProcessorTime.ofCompilers(bilitw.pids());
            turn(bilitw, row, millis, faults);
            long compiling = ProcessorTime.ofCompilers(bilitw.pids()).nanosSince(compilersBefore);
            isWarm = compiling < WARM_SHARE * ProcessorTime.of(bilitw.pids()).nanosSince(before);
        }
    }

    private void fill(BenchRow row) throws IOException, LoadException {
        if (valueBytes != row.valueBytes()) {
            stand.fill(row, nutcracker);
            valueBytes = row.valueBytes();
        }
    }

    private Sample turn(Peer peer, BenchRow row, int millis, List<String> faults, String... more)
            throws IOException, LoadException {
        while (true) {
            try {
                return turn(peer, row.load(peer.port(), millis, ++seed, more));
            } catch (LoadException | IOException e) {
                faults.add(peer.name() + ": " + e.getMessage());
                if (faults.size() > MAX_FAULTS) {
                    throw e;
                }
            }
        }
    }

    /** Loads a peer for some time. */
    static Sample turn(Peer peer, BenchRow row, int millis, int seed)
            throws IOException, LoadException {
        return turn(peer, row.load(peer.port(), millis, seed));
    }

    /** Loads a peer. */
    static Sample turn(Peer peer, LoadOptions options) throws IOException, LoadException {
        try (LoadRun run = LoadRun.connect(options)) {
            run.greet();
            ProcessorTime before = ProcessorTime.of(peer.pids());
            LoadResult load = run.load();
            long nanos = ProcessorTime.of(peer.pids()).nanosSince(before);
            return new Sample((double) nanos / load.requests(), load);
        }
    }
}
