package io.bilitw.hash;

import io.netty.buffer.ByteBuf;

/**
 * The Fowler-Noll-Vo hashes, as twemproxy's {@code nc_fnv.c} computes them on x86-64.
 *
 * <p>C reads {@code char} as signed there, so a byte above 0x7F is sign-extended before the xor. A
 * Java {@code byte} does the same, which is why there is no {@code & 0xFF} below.
 *
 * <p>Eight bytes are read at a time, so that the bounds are checked once for all of them.
 *
 * <p>Only the low 32 bits of the 64-bit hashes are kept. Multiplication and xor never carry from
 * high bits to low ones, so 32-bit arithmetic gives the same result.
 */
final class Fnv {

    private static final int START_OF_64 = 0x84222325; // low 32 bits of 0xcbf29ce484222325
    private static final int PRIME_OF_64 = 0x000001b3; // low 32 bits of 0x100000001b3
    private static final int START_OF_32 = 0x811c9dc5;
    private static final int PRIME_OF_32 = 0x01000193;

    private Fnv() {}

    /** Hashes {@code key[from, to)} to {@code fnv1_64}: multiplies, then folds in the byte. */
    static int fnv1Of64(ByteBuf key, int from, int to) {
        return fnv1(key, from, to, START_OF_64, PRIME_OF_64);
    }

    /** Hashes {@code key[from, to)} to {@code fnv1a_64}: folds in the byte, then multiplies. */
    static int fnv1aOf64(ByteBuf key, int from, int to) {
        return fnv1a(key, from, to, START_OF_64, PRIME_OF_64);
    }

    /** Hashes {@code key[from, to)} to {@code fnv1_32}: multiplies, then folds in the byte. */
    static int fnv1Of32(ByteBuf key, int from, int to) {
        return fnv1(key, from, to, START_OF_32, PRIME_OF_32);
    }

    /** Hashes {@code key[from, to)} to {@code fnv1a_32}: folds in the byte, then multiplies. */
    static int fnv1aOf32(ByteBuf key, int from, int to) {
        return fnv1a(key, from, to, START_OF_32, PRIME_OF_32);
    }

    private static int fnv1(ByteBuf key, int from, int to, int start, int prime) {
        int hash = start;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = key.getLongLE(at);
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                hash = hash * prime ^ (byte) (eight >> shift);
            }
        }
        for (; at < to; at++) {
            hash = hash * prime ^ key.getByte(at);
        }
        return hash;
    }

    private static int fnv1a(ByteBuf key, int from, int to, int start, int prime) {
        int hash = start;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = key.getLongLE(at);
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                hash = (hash ^ (byte) (eight >> shift)) * prime;
            }
        }
        for (; at < to; at++) {
            hash = (hash ^ key.getByte(at)) * prime;
        }
        return hash;
    }
}
