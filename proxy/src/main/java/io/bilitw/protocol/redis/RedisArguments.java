package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of one complete request, the command name being number 0. Only lent: they change
 * with the next request.
 */
interface RedisArguments {

    /** How many arguments the request has, the command name included; at least 1. */
    int count();

    /** The buffer that holds the request. */
    ByteBuf source();

    /**
     * Index in {@link #source()} of the first byte of argument {@code index}. Only the first {@link
     * RedisCommand#argumentsKept()} arguments are known; an unknown command keeps its name and the
     * next few, for the error.
     */
    int from(int index);

    /** Index in {@link #source()} after the last byte of argument {@code index}. */
    int to(int index);

    /**
     * Tells whether argument {@code index} is {@code word}, given in lower case, in whatever case.
     */
    default boolean is(int index, String word) {
        int from = from(index);
        return to(index) - from == word.length() && RedisBytes.equalsFolded(source(), from, word);
    }

    /** Reads argument {@code index} as a number without sign; -1 if it is none, or above 2^31-1. */
    default int number(int index) {
        return RedisBytes.number(source(), from(index), to(index));
    }

    /** Copies argument {@code index} to a string, byte for byte. */
    default String text(int index) {
        int from = from(index);
        return source().toString(from, to(index) - from, StandardCharsets.ISO_8859_1);
    }
}
