package io.bilitw.protocol;

/** What a protocol may tell a client about its own connection. */
public interface ClientFacts {

    /** Number of this connection, unique in its process, from 1. */
    long id();

    /** Where the client is, {@code host:port} or the path of the unix socket. */
    String remoteAddress();

    /** Where it is connected to, {@code host:port} or the path of the unix socket. */
    String localAddress();

    /** Seconds since the connection was accepted. */
    long ageSeconds();
}
