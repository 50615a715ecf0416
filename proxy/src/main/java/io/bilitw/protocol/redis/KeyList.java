package io.bilitw.protocol.redis;

import java.util.Arrays;

/**
 * Which arguments of a request are its keys, in the order of the request. Reused, so that finding
 * keys allocates nothing in the steady state.
 */
final class KeyList {

    private static final int FIRST_CAPACITY = 16;

    /** A list that was longer than this once is not kept for ever. */
    private static final int LONG_CAPACITY = 1024;

    private int[] indexes = new int[FIRST_CAPACITY];
    private int size;

    /** Forgets all keys. */
    void clear() {
        size = 0;
        if (indexes.length > LONG_CAPACITY) {
            indexes = new int[FIRST_CAPACITY];
        }
    }

    /** Appends argument number {@code argument}. */
    void add(int argument) {
        if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, size * 2);
        }
        indexes[size++] = argument;
    }

    /** How many keys there are. */
    int size() {
        return size;
    }

    /** The argument number of key {@code key}, counted from 0. */
    int get(int key) {
        assert key < size;
        return indexes[key];
    }
}
