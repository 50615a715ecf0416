package io.bilitw.protocol;

import java.util.Arrays;

/**
 * Where the pieces of one message lie: for each its first byte and the byte after its last, as
 * offsets from the message's first byte, so that they hold when the message moves to another
 * buffer. Reused, so that the steady state allocates nothing.
 */
public final class Spans {

    private static final int FIRST_CAPACITY = 8;

    /** A list that was longer than this once is not kept for ever. */
    private static final int LONG_CAPACITY = 1024;

    private int[] froms = new int[FIRST_CAPACITY];
    private int[] tos = new int[FIRST_CAPACITY];
    private int size;

    /** Forgets all pieces. */
    public void clear() {
        size = 0;
        if (froms.length > LONG_CAPACITY) {
            froms = new int[FIRST_CAPACITY];
            tos = new int[FIRST_CAPACITY];
        }
    }

    /** Adds the piece {@code [from, to)} behind the others. */
    public void add(int from, int to) {
        if (size == froms.length) {
            froms = Arrays.copyOf(froms, size * 2);
            tos = Arrays.copyOf(tos, size * 2);
        }
        froms[size] = from;
        tos[size] = to;
        size++;
    }

    /** Forgets the last piece. */
    public void removeLast() {
        size--;
    }

    /** How many pieces there are. */
    public int size() {
        return size;
    }

    /** Offset of the first byte of piece {@code index}. */
    public int from(int index) {
        return froms[index];
    }

    /** Offset after the last byte of piece {@code index}. */
    public int to(int index) {
        return tos[index];
    }
}
