package io.bilitw.protocol;

import java.util.Map;

/** What a protocol may tell a client about its own connection. */
public interface ClientFacts {

    /** Number of this connection, unique in its process, from 1. */
    long id();

    /** Where the client is, {@code host:port} or the path of the unix socket. */
    String remoteAddress();

    /** Where it is connected to, {@code host:port} or the path of the unix socket. */
    String localAddress();

    /** The figures of the pool and of its servers together, by name, as they are now. */
    Map<String, Long> poolFigures();

    /** Seconds since the connection was accepted. */
    long ageSeconds();
}
