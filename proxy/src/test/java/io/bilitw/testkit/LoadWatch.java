package io.bilitw.testkit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The thread that closes each connection of a load that has waited for too long, which ends the
 * wait of the connection's own thread.
 *
 * <p>A blocking channel has no time limit of its own, least of all for what it writes.
 */
final class LoadWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 50;

    private final Set<LoadConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean isCut;

    LoadWatch() {
        thread = Thread.ofPlatform().daemon().name("load-watch").start(this::watch);
    }

    void add(LoadConnection connection) {
        connections.add(connection);
        if (isCut) {
            connection.cut();
        }
    }

    void remove(LoadConnection connection) {
        connections.remove(connection);
    }

    /** Closes all connections, also those that are still to come. */
    void cutAll() {
        isCut = true;
        connections.forEach(LoadConnection::cut);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                connections.forEach(LoadConnection::cutIfLate);
            }
        } catch (InterruptedException _) {
            // The load is over.
        }
    }
}
