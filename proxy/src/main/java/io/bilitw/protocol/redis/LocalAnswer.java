package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;

/** How the proxy itself answers one command. */
@FunctionalInterface
non-sealed interface LocalAnswer extends Treatment {

    /**
     * The answer to commands that would need all servers at once, or one server connection for the
     * client alone, or that are an operator's.
     */
    LocalAnswer REFUSED =
            (dialogue, arguments, out) -> dialogue.refuse(RedisError.UNSUPPORTED_COMMAND, out);

    /**
     * Appends the answer to {@code out}.
     *
     * @return whether the connection stays open
     */
    boolean answer(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out);
}
