package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** How the responses to the fragments of a request become one. Stateless, shared by all clients. */
public interface Coalescer {

    /**
     * Joins the responses, one per fragment and none of them a {@link Failure}, into the one
     * response the client gets. Values are not copied when they are long.
     *
     * @return a new buffer that the caller owns
     */
    ByteBuf coalesce(Fragments fragments, ByteBufAllocator allocator);
}
