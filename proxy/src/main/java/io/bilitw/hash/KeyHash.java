package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/**
 * A hash of a key that lies somewhere in a buffer. Event-loop confined: an instance may own scratch
 * memory.
 */
@FunctionalInterface
public interface KeyHash {

    /**
     * Hashes the bytes {@code [from, to)} of {@code key}, both absolute indices, to 32 bits that
     * callers read as unsigned. Moves no index, keeps no reference, allocates nothing.
     */
    int hash(ByteBuf key, int from, int to);
}
