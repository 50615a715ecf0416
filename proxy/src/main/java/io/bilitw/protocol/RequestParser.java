package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Finds one request at the front of a buffer, and where its keys lie, without copying.
 *
 * <p>Incremental: after {@link ParseStatus#NEED_MORE} the next call goes on where this one stopped,
 * even when the same bytes lie in another buffer by then. After {@link ParseStatus#COMPLETE} the
 * accessors describe the request until the next call of {@link #parse}. Event-loop confined, one a
 * client; never moves an index of the buffer, never throws for a peer's fault. It may blank out, in
 * place, words of the request that are not meant for the server.
 */
public interface RequestParser {

    /**
     * Looks at {@code in} from its reader index on. If nothing is there, it forgets the request
     * before, so that an idle client owns no long lists.
     */
    ParseStatus parse(ByteBuf in);

    /** Bytes of {@code in}, from its reader index, that the complete request takes. */
    int consumedBytes();

    /**
     * After {@link ParseStatus#NEED_MORE}: the least number of bytes, from the reader index, that
     * the unfinished request is known to have; at least one more than there are now.
     */
    int expectedBytes();

    /**
     * Tells whether a new parser could go on in its place, given the bytes that are not consumed:
     * nothing else is remembered.
     */
    boolean isReplaceable();

    /**
     * The buffer that holds the complete request: the one parsed, or one that the parser rewrote it
     * into.
     */
    ByteBuf source();

    /** Index in {@link #source()} of the request's first byte. */
    int start();

    /** Length of the request in {@link #source()}, in bytes. */
    int length();

    /** The buffer that holds the keys; nearly always {@link #source()}. */
    ByteBuf keySource();

    /** How many keys the request names. */
    int keyCount();

    /** Index in {@link #keySource()} of the first byte of key {@code key}, counted from 0. */
    int keyFrom(int key);

    /** Index in {@link #keySource()} after the last byte of key {@code key}. */
    int keyTo(int key);

    /**
     * Index in {@link #source()} where the part of a splittable request begins that goes with key
     * {@code key}: its framing, the key itself, its value.
     */
    int partFrom(int key);

    /** Index in {@link #source()} where the part that goes with key {@code key} ends. */
    int partTo(int key);
}
