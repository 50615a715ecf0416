package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Finds one response of a server at the front of a buffer.
 *
 * <p>Incremental in the way of {@link RequestParser}. Event-loop confined, one a server connection.
 */
public interface ResponseParser {

    /** Looks at {@code in} from its reader index on. */
    ParseStatus parse(ByteBuf in);

    /** Length of the complete response, in bytes. */
    int length();

    /** As {@link RequestParser#expectedBytes()}. */
    int expectedBytes();

    /** Tells whether the complete response is the answer to a {@link Protocol#fence()}. */
    boolean isFence();

    /** How many values the complete response holds, which does not count those that are missing. */
    int foundValues();

    /** Tells whether the complete response is an error. */
    boolean isError();

    /**
     * Tells whether the complete response says that the server can serve nobody just now, which is
     * treated as a failure of the server and not passed on (twemproxy nc_redis.c:redis_failure).
     */
    boolean isServerFailure();

    /** Tells whether a server that says so still answers requests that only read. */
    boolean refusesOnlyWrites();
}
