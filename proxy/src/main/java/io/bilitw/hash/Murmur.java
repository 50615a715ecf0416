package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/**
 * Austin Appleby's MurmurHash2 over little-endian words, in the variant of twemproxy's {@code
 * nc_murmur.c}, whose seed depends on the length of the key.
 */
final class Murmur {

    private static final int SEED_FACTOR = 0xdeadbeef;
    private static final int FACTOR = 0x5bd1e995;

    private Murmur() {}

    /** Hashes {@code key[from, to)}; see {@link KeyHash#hash}. */
    static int hash(ByteBuf key, int from, int to) {
        int keyBytes = to - from;
        int hash = (SEED_FACTOR * keyBytes) ^ keyBytes;
        int at = from;
        for (; to - at >= 4; at += 4) {
            int word = key.getIntLE(at) * FACTOR;
            word ^= word >>> 24;
            hash = (hash * FACTOR) ^ (word * FACTOR);
        }
        if (at < to) {
            hash = (hash ^ LittleEndian.paddedWord(key, at, to)) * FACTOR;
        }
        hash ^= hash >>> 13;
        hash *= FACTOR;
        hash ^= hash >>> 15;
        return hash;
    }
}
