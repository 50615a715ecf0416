package io.bilitw.fuzz;

import java.util.Arrays;

/**
 * One input of a fuzzer: a head that says how the bytes behind it arrive, and those bytes.
 *
 * <pre>
 *   flags  offset  sizes of six pieces, used over and over    wire bytes
 *   1 byte 1 byte  6 bytes                                    the rest
 * </pre>
 *
 * <p>So the places of the cuts are the fuzzer's to choose, and a seed is a recorded stream with
 * eight bytes before it. What an input is too short for is 0.
 */
final class FuzzInput {

    /** Length of the head. */
    static final int HEAD_BYTES = 8;

    private static final int FIRST_SIZE = 2;

    /** Longer streams are cut into longer pieces, so that their number stays low. */
    private static final int BYTES_PER_UNIT = 1024;

    /** Longest stream that is also given byte by byte. */
    private static final int MAX_SINGLE_BYTES = 512;

    private final byte[] head;
    private final byte[] wire;

    /** Takes {@code data} apart. */
    FuzzInput(byte[] data) {
        head = Arrays.copyOf(data, HEAD_BYTES);
        wire = Arrays.copyOfRange(data, Math.min(HEAD_BYTES, data.length), data.length);
    }

    /** The bytes that arrive. */
    byte[] wire() {
        return wire;
    }

    /** Tells whether flag {@code number}, from 0 to 7, is set. */
    boolean flag(int number) {
        return (head[0] >>> number & 1) == 1;
    }

    /** How many strange bytes lie before the stream in each buffer. */
    int offset() {
        return head[1] & 15;
    }

    /** Length in bytes of piece {@code piece}, counted from 0. */
    int pieceBytes(int piece) {
        int size = head[FIRST_SIZE + piece % (HEAD_BYTES - FIRST_SIZE)] & 0xFF;
        return (size + 1) * (1 + wire.length / BYTES_PER_UNIT);
    }

    /** Tells whether the stream is short enough to be given byte by byte, too. */
    boolean isShort() {
        return wire.length <= MAX_SINGLE_BYTES;
    }
}
