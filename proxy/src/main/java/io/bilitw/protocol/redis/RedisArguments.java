package io.bilitw.protocol.redis;

import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of one complete request, the command name being number 0. Only lent: they change
 * with the next request.
 */
interface RedisArguments {

    /** Longest string that {@link #text} makes: it holds any command name whole. */
    int MAX_TEXT_BYTES = RedisRequestParser.MAX_NAME_BYTES;

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
        return to(index) - from == word.length() && WireBytes.equalsFolded(source(), from, word);
    }

    /** Reads argument {@code index} as a number without sign; -1 if it is none, or above 2^31-1. */
    default int number(int index) {
        return WireBytes.number(source(), from(index), to(index));
    }

    /**
     * Copies argument {@code index} to a string, byte for byte, or its first {@link
     * #MAX_TEXT_BYTES} bytes: an argument may be as large as the whole heap.
     */
    default String text(int index) {
        int from = from(index);
        int bytes = Math.min(to(index) - from, MAX_TEXT_BYTES);
        return source().toString(from, bytes, StandardCharsets.ISO_8859_1);
    }
}
