package io.bilitw.stats;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A row of 64-bit words outside the heap that one thread writes and any process may read at any
 * time. A reader sees each word whole, but not all of them as of the same moment.
 *
 * <p>Some dozen of these are written for each request, so a write is an instruction or two: it
 * locks nothing, and whether the place is one of these words was checked when they were made, by
 * those who know how many they need.
 */
final class Words {

    /** All memory, so that no access needs to be checked against anything. */
    @SuppressWarnings("restricted")
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment bytes; // which keeps the memory from being freed
    private final long address;

    /** The words of {@code bytes}, which are not on the heap and begin at a multiple of 8. */
    Words(MemorySegment bytes) {
        if (!bytes.isNative() || bytes.address() % Long.BYTES != 0) {
            throw new IllegalArgumentException(bytes + " holds no words");
        }
        this.bytes = bytes;
        address = bytes.address();
    }

    /** Words that no other process sees, all 0. */
    static Words inProcess(int count) {
        return new Words(Arena.ofAuto().allocate((long) count * Long.BYTES, Long.BYTES));
    }

    /**
     * Maps the words of the file at {@code path}, which any process may map as well.
     *
     * @throws IOException if that is not possible
     */
    static Words map(Path path) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileChannel.MapMode mode = FileChannel.MapMode.READ_WRITE;
            return new Words(file.map(mode, 0, file.size(), Arena.ofAuto()));
        }
    }

    int count() {
        return (int) (bytes.byteSize() / Long.BYTES);
    }

    /** {@code count} words of these from number {@code from} on. */
    Words slice(int from, int count) {
        Objects.checkFromIndexSize(from, count, count());
        return new Words(bytes.asSlice((long) from * Long.BYTES, (long) count * Long.BYTES));
    }

    /** Reads word number {@code at}, which must be one of these. */
    long get(int at) {
        return (long) WORD.getOpaque(MEMORY, address + (long) at * Long.BYTES);
    }

    /**
     * Reads as many words from number {@code from} on as {@code into} has room for: each whole, as
     * memory is copied in units of eight bytes where all of it lies at multiples of eight.
     */
    void read(int from, long[] into) {
        MemorySegment.copy(
                bytes, ValueLayout.JAVA_LONG, (long) from * Long.BYTES, into, 0, into.length);
    }

    /** Writes word number {@code at}, which must be one of these. */
    void set(int at, long value) {
        WORD.setOpaque(MEMORY, address + (long) at * Long.BYTES, value);
    }

    /** Adds 1 and returns what was there before; for words that several write. */
    long getAndIncrement(int at) {
        return (long) WORD.getAndAdd(MEMORY, address + (long) at * Long.BYTES, 1L);
    }

    /** Writes if {@code expected} is there; for words that several write. */
    boolean compareAndSet(int at, long expected, long value) {
        return WORD.compareAndSet(MEMORY, address + (long) at * Long.BYTES, expected, value);
    }

    /** The bytes of {@code count} words from number {@code from} on. */
    ByteBuffer bytes(int from, int count) {
        return bytes.asSlice((long) from * Long.BYTES, (long) count * Long.BYTES).asByteBuffer();
    }

    /** Adds; for the only thread that writes. */
    void add(int at, long delta) {
        add(address + (long) at * Long.BYTES, delta);
    }

    /** Adds to two words at once, which is cheaper. */
    void add(int at, long delta, int otherAt, long otherDelta) {
        long start = address;
        add(start + (long) at * Long.BYTES, delta);
        add(start + (long) otherAt * Long.BYTES, otherDelta);
    }

    private static void add(long place, long delta) {
        WORD.setOpaque(MEMORY, place, (long) WORD.getOpaque(MEMORY, place) + delta);
    }
}
