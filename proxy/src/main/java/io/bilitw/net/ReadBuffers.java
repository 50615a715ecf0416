package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that all connections of an event loop read to, and those that were it and were left to
 * somebody for the long message in them, which then need not be copied; and buffers for messages
 * that are longer than it. Event-loop confined.
 */
final class ReadBuffers {

    /** Room for what comes at once, as for a value of 64 KB with all that is around it. */
    static final int BYTES = 72 * 1024;

    /** From here on a message is worth a whole read buffer. */
    static final int LONG_BYTES = 16 * 1024;

    /** Room for a message that does not fit the read buffer, such as a value of 1 MB. */
    static final int LARGE_BYTES = 1024 * 1024 + 8 * 1024;

    /** How many may be in use at a time: beyond, long messages are copied like short ones. */
    private static final int MAX_COUNT = 32;

    /** How many may be in use at a time: beyond, large messages get memory from the heap. */
    private static final int MAX_LARGE_COUNT = 32;

    private final BufferShelf shelf = new BufferShelf(BYTES, MAX_COUNT);
    private final BufferShelf largeShelf = new BufferShelf(LARGE_BYTES, MAX_LARGE_COUNT);
    private ByteBuf current = Objects.requireNonNull(shelf.take());

    /** The buffer for the next read. */
    ByteBuf current() {
        return current;
    }

    /** Tells whether {@code buffer} is the one that the next read overwrites. */
    @SuppressWarnings("ReferenceEquality") // the very buffer, not one with the same bytes
    boolean isCurrent(ByteBuf buffer) {
        return buffer == current;
    }

    /**
     * Leaves the buffer that was read to last to whoever has a reference of it.
     *
     * @return whether there is another one; if not, the next read overwrites it
     */
    boolean leaveCurrent() {
        ByteBuf next = shelf.take();
        if (next == null) {
            return false;
        }
        current.release();
        current = next;
        return true;
    }

    /** A buffer of {@link #LARGE_BYTES} that the caller owns; null if too many are in use. */
    @Nullable ByteBuf takeLarge() {
        return largeShelf.take();
    }

    /** Frees buffers that were not needed since this was called last. */
    void tidy() {
        shelf.tidy();
        largeShelf.tidy();
    }

    /** Frees all, once nobody else refers to them. */
    void close() {
        current.release();
        shelf.close();
        largeShelf.close();
    }
}
