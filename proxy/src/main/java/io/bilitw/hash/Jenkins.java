package io.bilitw.hash;

import static java.lang.Integer.rotateLeft;

import io.netty.buffer.ByteBuf;

/**
 * Bob Jenkins' lookup3 ({@code hashlittle}) with twemproxy's start value, from its {@code
 * nc_jenkins.c}.
 */
final class Jenkins {

    private static final int START = 0xdeadbeef + 13;
    private static final int BLOCK_BYTES = 12;

    private Jenkins() {}

    /** Hashes {@code key[from, to)}; see {@link KeyHash#hash}. */
    static int hash(ByteBuf key, int from, int to) {
        int a = START + (to - from);
        int b = a;
        int c = a;
        int at = from;
        for (; to - at > BLOCK_BYTES; at += BLOCK_BYTES) {
            a += key.getIntLE(at);
            b += key.getIntLE(at + 4);
            c += key.getIntLE(at + 8);

            a = (a - c) ^ rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ rotateLeft(b, 4);
            b += a;
        }
        if (at == to) {
            return c; // only an empty key has no last block
        }
        a += LittleEndian.paddedWord(key, at, Math.min(at + 4, to));
        b += LittleEndian.paddedWord(key, at + 4, Math.min(at + 8, to));
        c += LittleEndian.paddedWord(key, at + 8, to);
        return finish(a, b, c);
    }

    private static int finish(int startA, int startB, int startC) {
        int a = startA;
        int b = startB;
        int c = startC;
        c = (c ^ b) - rotateLeft(b, 14);
        a = (a ^ c) - rotateLeft(c, 11);
        b = (b ^ a) - rotateLeft(a, 25);
        c = (c ^ b) - rotateLeft(b, 16);
        a = (a ^ c) - rotateLeft(c, 4);
        b = (b ^ a) - rotateLeft(a, 14);
        c = (c ^ b) - rotateLeft(b, 24);
        return c;
    }
}
