package io.bilitw.protocol.redis;

import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The joined response of MGET: the elements of the fragments' arrays, in the order of the request's
 * keys. Short elements are copied one after the other into one buffer; long ones are shared with
 * the response they came in.
 *
 * <pre>
 *   response 0:  *2\r\n $1\r\na\r\n  $-1\r\n      keys 0 and 2
 *   response 1:  *1\r\n $1\r\nb\r\n               key 1
 *   joined:      *3\r\n $1\r\na\r\n  $1\r\nb\r\n  $-1\r\n
 * </pre>
 */
final class ArrayJoin implements ResponseJoin {

    /** Up to this size, in bytes, copying an element costs less than carrying a buffer for it. */
    static final int MAX_COPIED_BYTES = 4096;

    private static final int MAX_HEAD_BYTES = "*2147483647\r\n".length();

    @Override
    public @Nullable ByteBuf join(Fragments fragments, ByteBufAllocator allocator) {
        ArrayCursor[] cursors = new ArrayCursor[fragments.count()];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new ArrayCursor(fragments, i);
        }
        int keys = fragments.keyCount();
        int copiedBytes = MAX_HEAD_BYTES;
        long joinedBytes = MAX_HEAD_BYTES;
        int shared = 0;
        for (int key = 0; key < keys; key++) {
            int bytes = cursors[fragments.fragmentOf(key)].next();
            joinedBytes += bytes;
            if (bytes < 0 || joinedBytes > Integer.MAX_VALUE) {
                return null;
            } else if (bytes > MAX_COPIED_BYTES) {
                shared++;
            } else {
                copiedBytes += bytes;
            }
        }
        for (ArrayCursor cursor : cursors) {
            if (!cursor.isAtEnd()) {
                return null;
            }
            cursor.rewind();
        }
        ByteBuf copied = allocator.buffer(copiedBytes);
        RedisText.writeArrayHead(copied, keys);
        return shared == 0
                ? copyAll(fragments, cursors, copied)
                : share(fragments, cursors, copied, allocator.compositeBuffer(2 * shared + 1));
    }

    private static ByteBuf copyAll(Fragments fragments, ArrayCursor[] cursors, ByteBuf out) {
        for (int key = 0; key < fragments.keyCount(); key++) {
            ArrayCursor cursor = cursors[fragments.fragmentOf(key)];
            int bytes = cursor.next();
            out.writeBytes(cursor.response(), cursor.from(), bytes);
        }
        return out;
    }

    /**
     * Lays runs of {@code copied} and slices of the responses in turn. Takes over {@code copied}.
     */
    private static ByteBuf share(
            Fragments fragments, ArrayCursor[] cursors, ByteBuf copied, CompositeByteBuf out) {
        int runFrom = 0;
        for (int key = 0; key < fragments.keyCount(); key++) {
            ArrayCursor cursor = cursors[fragments.fragmentOf(key)];
            int bytes = cursor.next();
            if (bytes <= MAX_COPIED_BYTES) {
                copied.writeBytes(cursor.response(), cursor.from(), bytes);
                continue;
            }
            runFrom = addRun(copied, runFrom, out);
            out.addComponent(true, cursor.response().retainedSlice(cursor.from(), bytes));
        }
        addRun(copied, runFrom, out);
        copied.release();
        return out;
    }

    private static int addRun(ByteBuf copied, int from, CompositeByteBuf out) {
        int to = copied.writerIndex();
        if (to > from) {
            out.addComponent(true, copied.retainedSlice(from, to - from));
        }
        return to;
    }
}
