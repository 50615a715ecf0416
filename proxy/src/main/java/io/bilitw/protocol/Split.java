package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * How one command over several keys is cut into a fragment per server, and how the responses become
 * one.
 *
 * <p>A fragment on the wire is a head, then the parts of its keys in the order of the request
 * ({@link RequestParser#partFrom}), then a tail. Stateless, shared by all clients.
 */
public interface Split {

    /** Upper bound for what {@link #writeHead} and {@link #writeTail} write together, in bytes. */
    int framingBytes();

    /** Appends to {@code out} what stands before the parts of {@code keys} keys. */
    void writeHead(ByteBuf out, int keys);

    /** Appends to {@code out} what stands after the last part. */
    void writeTail(ByteBuf out);

    /**
     * Joins the responses, one per fragment and none of them a {@link Failure}, into the one
     * response the client gets. Values are not copied when they are long.
     *
     * @return a new buffer that the caller owns
     */
    ByteBuf coalesce(Fragments fragments, ByteBufAllocator allocator);
}
