package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/**
 * Paul Hsieh's SuperFastHash, in the variant of twemproxy's {@code nc_hsieh.c}, which starts at 0
 * instead of the length.
 *
 * <p>On x86-64 the C program widens the last byte of a rest of three as signed and that of a rest
 * of one as unsigned; so does this class.
 */
final class Hsieh {

    private Hsieh() {}

    /** Hashes {@code key[from, to)}; see {@link KeyHash#hash}. */
    static int hash(ByteBuf key, int from, int to) {
        int hash = 0;
        int at = from;
        for (; to - at >= 4; at += 4) {
            int word = key.getIntLE(at);
            hash += word & 0xFFFF;
            hash = (hash << 16) ^ ((word >>> 16) << 11) ^ hash;
            hash += hash >>> 11;
        }
        return finish(addRest(hash, key, at, to - at));
    }

    private static int addRest(int start, ByteBuf key, int at, int restBytes) {
        int hash = start;
        switch (restBytes) {
            case 3 -> {
                hash += key.getUnsignedShortLE(at);
                hash ^= hash << 16;
                hash ^= key.getByte(at + 2) << 18; // signed
                hash += hash >>> 11;
            }
            case 2 -> {
                hash += key.getUnsignedShortLE(at);
                hash ^= hash << 11;
                hash += hash >>> 17;
            }
            case 1 -> {
                hash += key.getUnsignedByte(at);
                hash ^= hash << 10;
                hash += hash >>> 1;
            }
            default -> {} // the key's length is a multiple of four
        }
        return hash;
    }

    private static int finish(int start) {
        int hash = start;
        hash ^= hash << 3;
        hash += hash >>> 5;
        hash ^= hash << 4;
        hash += hash >>> 17;
        hash ^= hash << 25;
        hash += hash >>> 6;
        return hash;
    }
}
