package io.bilitw.server;

/** Hears of servers that fail; the pool implements it, which may then eject one. */
@FunctionalInterface
public interface FailureListener {

    /** Takes the news that a connection to {@code server} has failed. */
    void onServerFailure(Server server);
}
