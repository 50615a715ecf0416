package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Joins responses that are made of elements, one for a key, into one with the elements in the order
 * of the request's keys. Short elements are copied one after the other into one buffer; long ones
 * are shared with the response they came in.
 */
public final class ElementJoin {

    /** Up to this size, in bytes, copying an element costs less than carrying a buffer for it. */
    public static final int MAX_COPIED_BYTES = 4096;

    private final Fragments fragments;
    private final ElementCursor[] cursors;
    private final int[] bytesOf; // the element about each key
    private final int[] at; // the next element of each fragment
    private int copiedBytes;
    private int shared;

    private ElementJoin(Fragments fragments, ElementCursor[] cursors) {
        this.fragments = fragments;
        this.cursors = cursors;
        bytesOf = new int[fragments.keyCount()];
        at = new int[cursors.length];
    }

    /**
     * Joins the responses to {@code fragments}.
     *
     * @param cursors a walk over each fragment's response, before its first element
     * @param head what stands before the elements
     * @param tail what stands behind them
     * @return a new buffer that the caller owns; null if a response is not one that the command
     *     has, or if all of them together are longer than 2^31-1 bytes
     */
    public static @Nullable ByteBuf join(
            Fragments fragments,
            ElementCursor[] cursors,
            byte[] head,
            byte[] tail,
            ByteBufAllocator allocator) {
        ElementJoin join = new ElementJoin(fragments, cursors);
        if (!join.measure(head.length + tail.length)) {
            return null;
        }
        ByteBuf copied = allocator.buffer(join.copiedBytes).writeBytes(head);
        return join.shared == 0
                ? join.copyAll(copied).writeBytes(tail)
                : join.share(copied, tail, allocator.compositeBuffer(2 * join.shared + 1));
    }

    /** Walks over all elements once; false if they cannot be joined. */
    private boolean measure(int framingBytes) {
        copiedBytes = framingBytes;
        long joinedBytes = framingBytes;
        for (int key = 0; key < fragments.keyCount(); key++) {
            int bytes = cursors[fragments.fragmentOf(key)].next(key);
            bytesOf[key] = bytes;
            joinedBytes += bytes;
            if (bytes < 0 || joinedBytes > Integer.MAX_VALUE) {
                return false;
            } else if (bytes > MAX_COPIED_BYTES) {
                shared++;
            } else {
                copiedBytes += bytes;
            }
        }
        for (int fragment = 0; fragment < cursors.length; fragment++) {
            if (!cursors[fragment].isAtEnd()) {
                return false;
            }
            at[fragment] = cursors[fragment].first();
        }
        return true;
    }

    /** Copies elements of one fragment together where they are about keys side by side. */
    private ByteBuf copyAll(ByteBuf out) {
        int key = 0;
        while (key < bytesOf.length) {
            int fragment = fragments.fragmentOf(key);
            int bytes = 0;
            do {
                bytes += bytesOf[key];
                key++;
            } while (key < bytesOf.length && fragments.fragmentOf(key) == fragment);
            copy(fragment, bytes, out);
        }
        return out;
    }

    private void copy(int fragment, int bytes, ByteBuf out) {
        out.writeBytes(cursors[fragment].response(), at[fragment], bytes);
        at[fragment] += bytes;
    }

    /**
     * Lays runs of {@code copied} and slices of the responses in turn. Takes over {@code copied}.
     */
    private ByteBuf share(ByteBuf copied, byte[] tail, CompositeByteBuf out) {
        int runFrom = 0;
        for (int key = 0; key < bytesOf.length; key++) {
            int fragment = fragments.fragmentOf(key);
            int bytes = bytesOf[key];
            if (bytes <= MAX_COPIED_BYTES) {
                copy(fragment, bytes, copied);
                continue;
            }
            runFrom = addRun(copied, runFrom, out);
            ByteBuf response = cursors[fragment].response();
            out.addComponent(true, response.retainedSlice(at[fragment], bytes));
            at[fragment] += bytes;
        }
        copied.writeBytes(tail);
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
