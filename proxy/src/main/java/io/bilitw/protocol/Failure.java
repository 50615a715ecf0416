package io.bilitw.protocol;

/**
 * Why a request has no response of a server; the protocol words it for the client.
 *
 * @param kind what sort of failure it is
 * @param text the sentence after the protocol's error word, for the operating system's errors the
 *     text of the C library, as clients match on it to retry (twemproxy nc_message.c:msg_get_error)
 */
public record Failure(Kind kind, String text) {

    public static final Failure CONNECTION_REFUSED = server("Connection refused");
    public static final Failure TIMED_OUT = server("Connection timed out");
    public static final Failure RESET = server("Connection reset by peer");

    /**
     * The server closed in good order with requests outstanding; twemproxy has no errno to name
     * then.
     */
    public static final Failure CLOSED = server("unknown");

    /** The server spoke out of turn, or not in the protocol, or said that it can serve nobody. */
    public static final Failure INVALID_RESPONSE = server("Invalid argument");

    /** The server's name could not be resolved. */
    public static final Failure HOST_DOWN = server("Host is down");

    /** A request that only one server can answer names keys that lie on several. */
    public static final Failure KEYS_APART =
            new Failure(Kind.KEYS_APART, "Keys in request don't hash to the same server");

    /** What sort of failure. */
    public enum Kind {
        /** A server could not be reached or failed while the request was outstanding. */
        SERVER,
        /** The request asks for what the pool cannot do: its keys lie apart. */
        KEYS_APART
    }

    /** Names a failure of a server by its text. */
    public static Failure server(String text) {
        return new Failure(Kind.SERVER, text);
    }
}
