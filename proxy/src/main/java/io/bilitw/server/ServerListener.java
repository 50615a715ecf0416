package io.bilitw.server;

import io.bilitw.protocol.Request;

/** Hears what a pool must know about its servers. Called on the event loop. */
public interface ServerListener {

    /** A connection of {@code server} has failed, and it was the server's fault. */
    void onServerFailure(Server server);

    /** {@code server}, which was ejected, has answered a probe. */
    void onServerRecovery(Server server);

    /**
     * {@code request} has taken longer than the pool wants.
     *
     * @param nanos how long, since the client's bytes were read
     * @param failure why it has no response, or nothing if it has one
     */
    void onSlowRequest(Server server, Request request, long nanos, String failure);
}
