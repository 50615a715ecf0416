package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Joins responses that are made of elements, one for a key, into one with the elements in the order
 * of the request's keys. Short elements are copied one after the other, those that lie side by side
 * in their response at once; long ones are shared with the response they came in.
 */
public final class ElementJoin {

    /** Up to this size, in bytes, copying an element costs less than carrying a buffer for it. */
    public static final int MAX_COPIED_BYTES = 4096;

    /** Room for short elements among long ones. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Fragments fragments;
    private final ElementCursor[] cursors;
    private final ByteBufAllocator allocator;
    private final int[] at; // the first element of each fragment that is not joined yet

    /** Where elements are copied to; from {@link #pieceFrom} on not yet part of {@link #pieces}. */
    private ByteBuf copies;

    private int pieceFrom;

    /** All before that; null if it is nothing. */
    private @Nullable CompositeByteBuf pieces;

    private ElementJoin(
            Fragments fragments,
            ElementCursor[] cursors,
            ByteBuf copies,
            ByteBufAllocator allocator) {
        this.fragments = fragments;
        this.cursors = cursors;
        this.copies = copies;
        this.allocator = allocator;
        at = new int[cursors.length];
        for (int fragment = 0; fragment < at.length; fragment++) {
            at[fragment] = cursors[fragment].first();
        }
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
        long maxBytes = (long) head.length + tail.length;
        for (int fragment = 0; fragment < fragments.count(); fragment++) {
            maxBytes += fragments.responseTo(fragment) - fragments.responseFrom(fragment);
        }
        if (maxBytes > Integer.MAX_VALUE) {
            return null;
        }
        boolean areShort = maxBytes <= (long) MAX_COPIED_BYTES * fragments.keyCount();
        ByteBuf copies =
                allocator.buffer((int) (areShort ? maxBytes : Math.min(maxBytes, CHUNK_BYTES)));
        ElementJoin join = new ElementJoin(fragments, cursors, copies.writeBytes(head), allocator);
        if (!join.addElements()) {
            join.release();
            return null;
        }
        join.roomFor(tail.length).writeBytes(tail);
        return join.whole();
    }

    /** Walks over all elements and adds them; false if they cannot be joined. */
    private boolean addElements() {
        int run = 0; // the fragment whose elements are to be copied next, and how many bytes
        int runBytes = 0;
        for (int key = 0; key < fragments.keyCount(); key++) {
            int fragment = fragments.fragmentOf(key);
            int bytes = cursors[fragment].next(key);
            if (bytes < 0) {
                return false;
            }
            if (fragment != run || bytes > MAX_COPIED_BYTES) {
                copy(run, runBytes);
                run = fragment;
                runBytes = 0;
            }
            if (bytes > MAX_COPIED_BYTES) {
                share(fragment, bytes);
            } else {
                runBytes += bytes;
            }
        }
        copy(run, runBytes);
        for (ElementCursor cursor : cursors) {
            if (!cursor.isAtEnd()) {
                return false;
            }
        }
        return true;
    }

    private void copy(int fragment, int bytes) {
        if (bytes > 0) {
            roomFor(bytes).writeBytes(cursors[fragment].response(), at[fragment], bytes);
            at[fragment] += bytes;
        }
    }

    private void share(int fragment, int bytes) {
        ByteBuf response = cursors[fragment].response();
        endPiece().addComponent(true, response.retainedSlice(at[fragment], bytes));
        at[fragment] += bytes;
    }

    /**
     * Where to copy {@code bytes} bytes to. What pieces refer to must not move, so it never grows.
     */
    private ByteBuf roomFor(int bytes) {
        if (copies.writableBytes() < bytes) {
            endPiece();
            copies.release();
            copies = allocator.buffer(Math.max(bytes, CHUNK_BYTES));
            pieceFrom = 0;
        }
        return copies;
    }

    /** Makes what was copied since the last piece one of its own. */
    private CompositeByteBuf endPiece() {
        CompositeByteBuf all = pieces;
        if (all == null) {
            all = allocator.compositeBuffer(Integer.MAX_VALUE);
            pieces = all;
        }
        int to = copies.writerIndex();
        if (to > pieceFrom) {
            all.addComponent(true, copies.retainedSlice(pieceFrom, to - pieceFrom));
            pieceFrom = to;
        }
        return all;
    }

    private ByteBuf whole() {
        if (pieces == null) {
            return copies;
        }
        ByteBuf all = endPiece();
        copies.release();
        return all;
    }

    private void release() {
        copies.release();
        if (pieces != null) {
            pieces.release();
        }
    }
}
