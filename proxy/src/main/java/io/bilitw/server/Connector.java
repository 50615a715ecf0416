package io.bilitw.server;

import io.bilitw.config.Address;
import io.bilitw.net.Transport;

/** Makes the sockets of server connections. */
@FunctionalInterface
public interface Connector {

    /**
     * Begins to connect {@code connection} to {@code address}, and tells it in a later turn of the
     * event loop what came of it.
     */
    void connect(Address address, ServerConnection connection, Transport.Settings settings);
}
