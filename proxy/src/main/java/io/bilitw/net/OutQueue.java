package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one connection has to write. Short pieces are copied, once, to the out-buffer at
 * the end of the queue; long ones are passed on by reference. Whatever is appended in one turn of
 * the event loop is written at its end.
 *
 * <p>A connection with nothing to write owns no buffer. Event-loop confined.
 */
public final class OutQueue {

    /** From here on passing a reference is cheaper than copying. */
    private static final int LONG_BYTES = 16 * 1024;

    private final Loop loop;
    private final Connection connection;

    /**
     * What stands before {@link #tail}; null as long as that is all there is, which is nearly
     * always.
     */
    private @Nullable ArrayDeque<ByteBuf> front;

    private @Nullable ByteBuf tail;
    private boolean isTouched;
    private boolean isClosed;

    OutQueue(Loop loop, Connection connection) {
        this.loop = loop;
        this.connection = connection;
    }

    /**
     * Appends {@code bytes} bytes of {@code source} from index {@code from}; moves no index of it.
     */
    public void append(ByteBuf source, int from, int bytes) {
        if (bytes >= LONG_BYTES && loop.keep(source, bytes)) {
            appendReference(source.retainedSlice(from, bytes));
        } else {
            room(bytes).writeBytes(source, from, bytes);
        }
    }

    /** Appends the readable bytes of {@code buffer} and takes over one reference of it. */
    public void appendReference(ByteBuf buffer) {
        if (isClosed) {
            buffer.release();
            return;
        }
        pushTail();
        front().addLast(buffer);
        touch();
    }

    /**
     * Gives the buffer to which the caller may append up to {@code bytes} bytes at once, and no
     * later.
     */
    public ByteBuf room(int bytes) {
        touch();
        ByteBuf current = tail;
        if (current == null || current.writableBytes() < bytes) {
            current = current == null ? loop.takeChunk(bytes) : roomier(current, bytes);
            tail = current;
        }
        return current;
    }

    /**
     * Takes back the {@code bytes} bytes that were appended last, if they wait here in one piece.
     *
     * @return whether they did; if not, they stay
     */
    public boolean takeBack(int bytes) {
        ByteBuf last = tail;
        if (last == null || last.readableBytes() < bytes) {
            return false;
        }
        last.writerIndex(last.writerIndex() - bytes);
        return true;
    }

    /**
     * Copies a small buffer that is full into a large one, as one long write is cheaper than two.
     */
    private ByteBuf roomier(ByteBuf full, int bytes) {
        int together = full.readableBytes() + bytes;
        if (full.capacity() < Loop.LARGE_CHUNK_BYTES && together <= Loop.LARGE_CHUNK_BYTES) {
            ByteBuf large = loop.takeChunk(Loop.LARGE_CHUNK_BYTES).writeBytes(full);
            loop.giveBackChunk(full);
            return large;
        }
        pushTail();
        return loop.takeChunk(Math.max(bytes, Loop.LARGE_CHUNK_BYTES));
    }

    /** Tells whether nothing waits here to be written. */
    boolean isEmpty() {
        return tail == null && (front == null || front.isEmpty());
    }

    /** How many bytes wait here to be written. */
    long queuedBytes() {
        long bytes = tail == null ? 0 : tail.readableBytes();
        if (front != null) {
            for (ByteBuf each : front) {
                bytes += each.readableBytes();
            }
        }
        return bytes;
    }

    /** Sees to it that {@link #flush} is called at the end of this turn. */
    void touch() {
        if (!isTouched) {
            isTouched = true;
            loop.flushQueue().add(this);
        }
    }

    void flush() {
        isTouched = false;
        if (isClosed) {
            drop();
        } else {
            connection.flush();
        }
    }

    /** Hands over the only buffer, if there is but one; the caller owns it then. */
    @Nullable ByteBuf takeSingle() {
        if (front != null && !front.isEmpty()) {
            return null;
        }
        return takeTail();
    }

    /** Hands over the next buffer, or null if there is none; the caller owns it then. */
    @Nullable ByteBuf takeNext() {
        ByteBuf next = front == null ? null : front.pollFirst();
        return next == null ? takeTail() : next;
    }

    /** Throws away what was not written, and whatever is appended from now on. */
    void close() {
        isClosed = true;
        if (!isTouched) { // else the flush at the end of the turn does it: somebody may be
            // appending just now
            drop();
        }
    }

    private void drop() {
        for (ByteBuf next = takeNext(); next != null; next = takeNext()) {
            next.release();
        }
    }

    private @Nullable ByteBuf takeTail() {
        ByteBuf last = tail;
        tail = null;
        if (last != null && !last.isReadable()) {
            loop.giveBackChunk(last); // room that was asked for and not used
            return null;
        }
        return last;
    }

    private void pushTail() {
        ByteBuf last = takeTail();
        if (last != null) {
            front().addLast(last);
        }
    }

    private ArrayDeque<ByteBuf> front() {
        ArrayDeque<ByteBuf> buffers = front;
        if (buffers == null) {
            buffers = new ArrayDeque<>();
            front = buffers;
        }
        return buffers;
    }
}
