package io.bilitw.hash;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The kinds of buffer in which a key can lie. None is watched by the leak detector, which notes
 * every access and so would allocate on behalf of the hash.
 */
enum Placement {
    HEAP {
        @Override
        ByteBuf place(byte[] bytes) {
            return Unpooled.wrappedBuffer(bytes);
        }
    },
    DIRECT {
        @Override
        ByteBuf place(byte[] bytes) {
            return Unpooled.wrappedBuffer(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        }
    },
    /** Two parts, so that words of four bytes lie across their border. */
    COMPOSITE {
        @Override
        ByteBuf place(byte[] bytes) {
            int half = bytes.length / 2;
            return Unpooled.wrappedBuffer(
                    Unpooled.wrappedBuffer(bytes, 0, half),
                    Unpooled.wrappedBuffer(bytes, half, bytes.length - half));
        }
    };

    /** Returns a buffer of this kind with {@code bytes} from index 0 on. */
    abstract ByteBuf place(byte[] bytes);

    /** Returns a buffer of this kind with {@code key} from {@code offset} on, amid other bytes. */
    ByteBuf place(byte[] key, int offset) {
        byte[] bytes = new byte[offset + key.length + 5];
        Arrays.fill(bytes, (byte) 0xA5);
        System.arraycopy(key, 0, bytes, offset, key.length);
        return place(bytes);
    }
}
