package io.bilitw.protocol.redis;

import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** How the responses of all fragments, none of them an error, become one. Stateless. */
@FunctionalInterface
interface ResponseJoin {

    /**
     * Joins the responses.
     *
     * @return a new buffer that the caller owns; null if a response is not of the kind that the
     *     command has
     */
    @Nullable ByteBuf join(Fragments fragments, ByteBufAllocator allocator);
}
