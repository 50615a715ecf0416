package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Where responses are kept that arrived before their turn: short ones are copied one behind the
 * other into a chunk that they share, long ones keep the buffer they arrived in.
 *
 * <p>A chunk lives until the last response in it is released, so it is kept small: one response
 * that waits long pins no more than that.
 */
public final class HoldArea {

    private static final int CHUNK_BYTES = 16 * 1024;

    /** From here on a response is worth a buffer of its own. */
    private static final int LONG_BYTES = 4 * 1024;

    private final Loop loop;
    private @Nullable ByteBuf chunk;
    private int heldFrom;

    HoldArea(Loop loop) {
        this.loop = loop;
    }

    /**
     * Keeps {@code bytes} bytes of {@code in} from index {@code from}.
     *
     * @return the buffer they are in now, at {@link #heldFrom()}, with one reference that the
     *     caller owns
     */
    public ByteBuf hold(ByteBuf in, int from, int bytes) {
        if (bytes >= LONG_BYTES) {
            if (loop.keep(in, bytes)) {
                heldFrom = from;
                return in.retain();
            }
            heldFrom = 0;
            return loop.allocator().directBuffer(bytes, bytes).writeBytes(in, from, bytes);
        }
        ByteBuf target = chunkWith(bytes);
        heldFrom = target.writerIndex();
        target.writeBytes(in, from, bytes);
        return target.retain();
    }

    /** Index of the first byte of what {@link #hold} has kept last. */
    public int heldFrom() {
        return heldFrom;
    }

    void close() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }

    private ByteBuf chunkWith(int bytes) {
        ByteBuf current = chunk;
        if (current != null) {
            if (current.refCnt() == 1) {
                return current.clear(); // nobody's response is in it any more
            }
            if (current.writableBytes() >= bytes) {
                return current;
            }
            current.release();
        }
        current = Loop.newChunk(CHUNK_BYTES);
        chunk = current;
        return current;
    }
}
