package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;

/**
 * The arguments of one complete request, the command name being number 0. Only lent: they change with the next
 * request.
 */
interface RedisArguments {

    /** How many arguments the request has, the command name included; at least 1. */
    int count();

    /** The buffer that holds the request. */
    ByteBuf source();

    /**
     * Index in {@link #source()} of the first byte of argument {@code index}. Only the first {@link
     * RedisCommand#argumentsKept()} arguments are known; an unknown command keeps its name alone.
     */
    int from(int index);

    /** Index in {@link #source()} after the last byte of argument {@code index}. */
    int to(int index);
}
