package io.bilitw.protocol.redis;

import io.bilitw.protocol.ElementCursor;
import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;

/** A walk over the elements of a response that should be an array of flat values. */
final class ArrayCursor implements ElementCursor {

    private final ByteBuf response;
    private final int first;
    private final int to;
    private final int elements;
    private final LengthLine length = new LengthLine();
    private int walked;
    private int next;

    /** Stands before the first element; a response that is no array counts as an empty one. */
    ArrayCursor(Fragments fragments, int fragment) {
        response = fragments.response(fragment);
        to = fragments.responseTo(fragment);
        int head = fragments.responseFrom(fragment);
        int lineEnd = lineEnd(head);
        boolean isArray = response.getByte(head) == '*' && lineEnd > 0;
        elements = isArray ? WireBytes.number(response, head + 1, lineEnd) : 0;
        first = lineEnd + 2;
        next = first;
    }

    @Override
    public boolean isAtEnd() {
        return walked == elements && next == to;
    }

    /** Goes to the next element; -1 if there is none, or none that is flat. */
    @Override
    public int next(int key) {
        if (walked >= elements || next >= to) {
            return -1;
        }
        int end =
                switch (response.getByte(next)) {
                    case '$' -> bulkEnd(next);
                    case '*' -> -1;
                    default -> lineEnd(next) + 2;
                };
        if (end < next + 2) {
            return -1;
        }
        int bytes = end - next;
        walked++;
        next = end;
        return bytes;
    }

    /** Index after the bulk string at {@code at}; -1 if it is none, or not whole. */
    private int bulkEnd(int at) {
        if (length.read(response, at + 1) != ParseStatus.COMPLETE) {
            return -1;
        }
        long end = length.value() < 0 ? length.end() : length.end() + length.value() + 2;
        return end > to ? -1 : (int) end;
    }

    @Override
    public ByteBuf response() {
        return response;
    }

    @Override
    public int first() {
        return first;
    }

    /** Index of the carriage return that ends the line from {@code at}; -1 if none does. */
    private int lineEnd(int at) {
        int cr = response.indexOf(at, to, (byte) '\r');
        return cr < to - 1 ? cr : -1;
    }
}
