package io.bilitw.bench.matrix;

import io.bilitw.bench.load.LoadException;
import io.bilitw.bench.load.LoadOptions;
import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.load.LoadResult;
import io.bilitw.bench.load.LoadRun;
import java.io.IOException;
import java.util.ArrayList;

/** Measures rows of one protocol, each peer in its turn. */
final class Matrix {

    private static final int WARM_UP_TURNS = 4;
    private static final int MAX_WARM_UP_MILLIS = 3000;

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

    /** Lets both proxies get to know the row, so that later ones find a warm JVM. */
    void warmUp(BenchRow row) throws IOException, LoadException {
        fill(row);
        for (int i = 0; i < WARM_UP_TURNS; i++) {
            turn(bilitw, row);
        }
        turn(nutcracker, row);
    }

    /** Measures a row; a wrong response is a result too. */
    RowResult measure(BenchRow row) {
        Peer peer = bilitw;
        try {
            fill(row);
            RowResult result =
                    new RowResult(row, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), "");
            turn(bilitw, row, warmUpMillis(), ++seed);
            for (int round = 0; round < options.rounds(); round++) {
                peer = bilitw;
                result.ours().add(turn(peer, row));
                peer = nutcracker;
                result.theirs().add(turn(peer, row));
                peer = stand.noProxy();
                result.floor().add(turn(peer, row));
            }
            return result;
        } catch (LoadException | IOException e) {
            return RowResult.failed(row, peer.name() + ": " + e.getMessage());
        }
    }

    /** Returns how long a row takes to have what is new in it compiled. */
    private int warmUpMillis() {
        return Math.min(MAX_WARM_UP_MILLIS, 3 * options.millis());
    }

    private void fill(BenchRow row) throws IOException, LoadException {
        if (valueBytes != row.valueBytes()) {
            stand.fill(row, nutcracker);
            valueBytes = row.valueBytes();
        }
    }

    private Sample turn(Peer peer, BenchRow row) throws IOException, LoadException {
        return turn(peer, row, options.millis(), ++seed);
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
