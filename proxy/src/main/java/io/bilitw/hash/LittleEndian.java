package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/** Reads the last, incomplete word of a key. */
final class LittleEndian {

    private LittleEndian() {}

    /**
     * Returns the bytes {@code [at, to)} of {@code key}, four at most, as one little-endian word;
     * bytes that are missing count as zero, so an empty range is 0.
     */
    static int paddedWord(ByteBuf key, int at, int to) {
        return switch (to - at) {
            case 1 -> key.getUnsignedByte(at);
            case 2 -> key.getUnsignedShortLE(at);
            case 3 -> key.getUnsignedShortLE(at) | key.getUnsignedByte(at + 2) << 16;
            default -> to > at ? key.getIntLE(at) : 0;
        };
    }
}
