package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Large buffers of one size, used over and over: those in front first, whose memory is likely still
 * in the processor's cache. A buffer is back as soon as nobody else refers to it. Event-loop
 * confined.
 *
 * <p>Memory fresh from the system costs a page fault for every 4 KB, which is as much as reading
 * and writing what is in it.
 */
final class BufferShelf {

    private final int bytes;
    private final int maxCount;
    private final List<ByteBuf> buffers = new ArrayList<>();

    /** How many in front were in use since the last {@link #tidy}. */
    private int used;

    /** Makes an empty shelf for at most {@code maxCount} buffers of {@code bytes} bytes. */
    BufferShelf(int bytes, int maxCount) {
        this.bytes = bytes;
        this.maxCount = maxCount;
    }

    /** An empty buffer with one reference that the caller owns; null if all are in use. */
    @Nullable ByteBuf take() {
        for (int i = 0; i < buffers.size(); i++) {
            ByteBuf buffer = buffers.get(i);
            if (buffer.refCnt() == 1) {
                used = Math.max(used, i + 1);
                return buffer.clear().retain();
            }
        }
        if (buffers.size() == maxCount) {
            return null;
        }
        ByteBuf buffer = Loop.newChunk(bytes);
        buffers.add(buffer);
        used = buffers.size();
        return buffer.retain();
    }

    /** Frees those that were not used since this was called last. */
    void tidy() {
        while (buffers.size() > used && buffers.getLast().refCnt() == 1) {
            buffers.removeLast().release();
        }
        used = 0;
        for (int i = 0; i < buffers.size(); i++) {
            if (buffers.get(i).refCnt() > 1) {
                used = i + 1;
            }
        }
    }

    /** Frees all, once nobody else refers to them. */
    void close() {
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }
}
