package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;

/**
 * The arguments of a request that is itself the argument of another.
 *
 * @param all the arguments of the outer request
 * @param first number of the outer argument that is number 0 here
 */
record ArgumentsFrom(RedisArguments all, int first) implements RedisArguments {

    @Override
    public int count() {
        return all.count() - first;
    }

    @Override
    public ByteBuf source() {
        return all.source();
    }

    @Override
    public int from(int index) {
        return all.from(first + index);
    }

    @Override
    public int to(int index) {
        return all.to(first + index);
    }
}
