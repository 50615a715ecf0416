package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/**
 * Bob Jenkins' one-at-a-time hash, as twemproxy's {@code nc_one_at_a_time.c} computes it on x86-64.
 *
 * <p>C reads {@code char} as signed there, so a byte above 0x7F is sign-extended before it is
 * added. A Java {@code byte} does the same, which is why there is no {@code & 0xFF} below.
 */
final class OneAtATime {

    private OneAtATime() {}

    /** Hashes {@code key[from, to)}; see {@link KeyHash#hash}. */
    static int hash(ByteBuf key, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash += key.getByte(i);
            hash += hash << 10;
            hash ^= hash >>> 6;
        }
        hash += hash << 3;
        hash ^= hash >>> 11;
        hash += hash << 15;
        return hash;
    }
}
