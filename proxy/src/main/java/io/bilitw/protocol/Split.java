package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/**
 * How one command over several keys is cut into fragments, and how their responses become one.
 *
 * <p>A fragment on the wire is a head, then the parts of its keys in the order of the request
 * ({@link RequestParser#partFrom}), then a tail. Stateless, shared by all clients.
 */
public interface Split extends Coalescer {

    /**
     * Upper bound for what {@link #writeHead} and {@link #writeTail} write together for {@code
     * request}, in bytes.
     */
    int framingBytes(RequestParser request);

    /** Appends to {@code out} what stands before the parts of {@code keys} keys. */
    void writeHead(ByteBuf out, RequestParser request, int keys);

    /** Appends to {@code out} what stands after the last part. */
    void writeTail(ByteBuf out);

    /**
     * The longest fragment that a server takes, in bytes without head and tail; what does not fit
     * goes with another fragment to the same server.
     */
    int maxPartBytes();

    /**
     * Tells whether the parts of the request are needed to join the responses, in which case they
     * are kept until then ({@link Fragments#parts()}).
     */
    boolean keepsParts();
}
