package io.bilitw.stats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many clients each worker has at each address that is listened on, in memory of the master's
 * that all workers have mapped, so that a limit holds for all of them together.
 *
 * <p>A word for each address and worker, which that worker alone writes; the master clears those of
 * a worker that has ended. Workers that accept at the very same time do not see each other, so
 * there may be one client too many for each of them. A client that moves in a reload counts twice
 * until the successor's confirmation has arrived.
 */
public final class ClientCensus {

    /** So many workers can be counted, those that are being replaced included. */
    public static final int WORKERS = 256;

    /** So many addresses can be counted. */
    public static final int ADDRESSES = 256;

    /** Size of the memory. */
    public static final int BYTES = ADDRESSES * WORKERS * Long.BYTES;

    private final Words words;

    private ClientCensus(Words words) {
        this.words = words;
    }

    /**
     * Maps the file at {@code path}; null if that is not one of {@link #BYTES} bytes, but another
     * version's.
     *
     * @throws IOException if that is not possible
     */
    public static @Nullable ClientCensus map(Path path) throws IOException {
        Words words = Words.map(path);
        return words.count() == BYTES / Long.BYTES ? new ClientCensus(words) : null;
    }

    /** A place for one worker's clients of one address, whose total nobody else is part of. */
    public static Seat alone() {
        return new Seat(Words.inProcess(1), 0);
    }

    /** The place for the clients of {@code address} that {@code worker} has. */
    public Seat seat(int address, int worker) {
        Objects.checkIndex(address, ADDRESSES);
        return new Seat(
                words.slice(address * WORKERS, WORKERS), Objects.checkIndex(worker, WORKERS));
    }

    /** Forgets a worker that has ended. */
    public void clear(int worker) {
        for (int address = 0; address < ADDRESSES; address++) {
            seat(address, worker).set(0);
        }
    }

    /** Where one worker counts its clients of one address. */
    public static final class Seat {

        private final Words workers;
        private final int own;

        private Seat(Words workers, int own) {
            this.workers = workers;
            this.own = own;
        }

        /** Says how many there are now. */
        public void set(int clients) {
            workers.set(own, clients);
        }

        /** How many clients of the address all workers have. */
        public long total() {
            long total = 0;
            for (int worker = 0; worker < workers.count(); worker++) {
                total += workers.get(worker);
            }
            return total;
        }
    }
}
