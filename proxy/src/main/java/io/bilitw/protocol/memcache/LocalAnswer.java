package io.bilitw.protocol.memcache;

import io.netty.buffer.ByteBuf;

/** How the proxy itself answers one command. */
@FunctionalInterface
interface LocalAnswer {

    /**
     * Appends the answer to the request that {@code dialogue} has just completed to {@code out}.
     *
     * @return whether the connection stays open
     */
    boolean answer(MemcacheDialogue dialogue, ByteBuf out);
}
