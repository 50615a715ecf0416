package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;

/** How the proxy itself answers one command. */
@FunctionalInterface
non-sealed interface LocalAnswer extends Treatment {

    /**
     * Appends the answer to {@code arguments}, whose number the command's row allows, to {@code
     * out}.
     *
     * @return whether the connection stays open
     */
    boolean answer(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out);
}
