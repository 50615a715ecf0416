package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/** The fragments of one request with all their responses, in ascending order of their servers. */
public interface Fragments {

    /** How many fragments there are. */
    int count();

    /** The buffer with the response of fragment {@code fragment}; only lent. */
    ByteBuf response(int fragment);

    /** Index in {@link #response} of the response's first byte. */
    int responseFrom(int fragment);

    /** Index in {@link #response} after the response's last byte. */
    int responseTo(int fragment);

    /** How many keys the request named. */
    int keyCount();

    /** The fragment that key {@code key} of the request went with. */
    int fragmentOf(int key);

    /**
     * The buffer with the parts of all keys as they stood in the request, one behind the other;
     * only lent. Only for a split that {@linkplain Split#keepsParts() keeps them}.
     */
    ByteBuf parts();

    /** Index in {@link #parts()} of the first part. */
    int partsFrom();

    /** Index in {@link #parts()} after the last part. */
    int partsTo();
}
