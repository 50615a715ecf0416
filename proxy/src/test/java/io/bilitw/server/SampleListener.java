package io.bilitw.server;

import io.bilitw.protocol.Request;

/** Listeners for servers that are tested without a pool. */
final class SampleListener {

    /** Hears nothing. */
    static final ServerListener DEAF =
            new ServerListener() {
                @Override
                public void onServerFailure(Server server) {}

                @Override
                public void onServerRecovery(Server server) {}

                @Override
                public void onSlowRequest(
                        Server server, Request request, long nanos, String failure) {}
            };

    private SampleListener() {}
}
