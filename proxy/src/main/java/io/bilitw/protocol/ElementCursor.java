package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/**
 * A walk over the elements of the response to one fragment, in which a server tells of the
 * fragment's keys in their order. The elements lie side by side.
 */
public interface ElementCursor {

    /**
     * Goes to the element about key {@code key} of the request, the next of this fragment's keys.
     *
     * @return its length in bytes with all framing; 0 if the response says nothing about that key;
     *     -1 if it is not one that the command has
     */
    int next(int key);

    /** Whether all elements have been walked over, and are the whole of the response. */
    boolean isAtEnd();

    /** The buffer with the elements; only lent. */
    ByteBuf response();

    /** Index in {@link #response()} of the first byte of the first element. */
    int first();
}
