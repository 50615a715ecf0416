package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row of a table by its name as it lies in a buffer: a hash table with open addressing,
 * eight times as large as the number of rows, so that nearly every look-up meets its row at once.
 *
 * @param <T> a row
 */
public final class WordIndex<T> {

    private static final int SPREAD = 8;

    private final boolean ignoresCase;
    private final byte[] @Nullable [] names;
    private final List<T> rows;
    private final int[] rowAt;
    private final int mask;

    /**
     * Makes the index of {@code rows}.
     *
     * @param name the name of a row, in ASCII, and in lower case if {@code ignoresCase}
     * @param ignoresCase whether a word is found in whatever case
     */
    public WordIndex(List<T> rows, Function<T, String> name, boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
        this.rows = List.copyOf(rows);
        int size = Integer.highestOneBit(rows.size() * SPREAD);
        names = new byte[size][];
        rowAt = new int[size];
        mask = size - 1;
        for (int row = 0; row < rows.size(); row++) {
            add(name.apply(rows.get(row)).getBytes(StandardCharsets.US_ASCII), row);
        }
    }

    private void add(byte[] name, int row) {
        int hash = seed(name.length);
        for (byte b : name) {
            hash = mix(hash, b);
        }
        int slot = slot(hash);
        while (names[slot] != null) {
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        rowAt[slot] = row;
    }

    /** The row whose name is {@code in[from, from + bytes)}; null if there is none. */
    public @Nullable T find(ByteBuf in, int from, int bytes) {
        int hash = seed(bytes);
        for (int i = from; i < from + bytes; i++) {
            hash = mix(hash, letter(in, i));
        }
        int slot = slot(hash);
        byte[] name = names[slot];
        while (name != null) {
            if (name.length == bytes && isAt(name, in, from)) {
                return rows.get(rowAt[slot]);
            }
            slot = (slot + 1) & mask;
            name = names[slot];
        }
        return null;
    }

    private boolean isAt(byte[] name, ByteBuf in, int from) {
        for (int i = 0; i < name.length; i++) {
            if (name[i] != letter(in, from + i)) {
                return false;
            }
        }
        return true;
    }

    private int letter(ByteBuf in, int at) {
        return ignoresCase ? WireBytes.fold(in.getByte(at)) : in.getByte(at);
    }

    private static int seed(int bytes) {
        return bytes;
    }

    private static int mix(int hash, int b) {
        return hash * 31 + b;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 13) & mask;
    }
}
