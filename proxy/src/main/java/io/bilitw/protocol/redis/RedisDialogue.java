package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;

/** One redis client's conversation. */
final class RedisDialogue {

    boolean refuse(RedisError error, ByteBuf out) {
        error.write(out);
        return true;
    }
}
