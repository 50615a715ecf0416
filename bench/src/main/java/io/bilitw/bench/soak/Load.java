package io.bilitw.bench.soak;

import java.util.ArrayList;
import java.util.List;

/** All clients, on virtual threads: some for each protocol that stay, crowds, and slow readers. */
final class Load implements AutoCloseable {

    private static final int KEPT_CLIENTS = 16; // of each protocol

    private final Disturbances disturbances;
    private final Tally tally;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isOver;

    /** Starts the clients. */
    Load(List<Target> targets, Disturbances disturbances, Tally tally) {
        this.disturbances = disturbances;
        this.tally = tally;
        for (Target target : targets) {
            for (int i = 0; i < KEPT_CLIENTS; i++) {
                start(new KeptClient(this, target, target.name() + i));
            }
            start(new Crowd(this, target));
            start(new SlowReader(this, target));
        }
    }

    private void start(Runnable client) {
        threads.add(Thread.startVirtualThread(client));
    }

    Disturbances disturbances() {
        return disturbances;
    }

    Tally tally() {
        return tally;
    }

    /** Tells whether clients shall go. */
    boolean isOver() {
        return isOver;
    }

    /** Makes an exchange of a client. */
    Exchange exchange(String name, Target target, Wire wire, OwnKeys keys) {
        return new Exchange(name, target.dialect(), wire, keys, tally);
    }

    /** Waits for a thread, which ends by itself. */
    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the clients, each after the answers that it waits for. */
    @Override
    public void close() {
        isOver = true;
        threads.forEach(Load::join);
    }
}
