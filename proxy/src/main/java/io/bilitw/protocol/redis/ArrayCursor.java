package io.bilitw.protocol.redis;

import io.bilitw.protocol.ElementCursor;
import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;

/** A walk over the elements of a response that should be an array of flat values. */
final class ArrayCursor implements ElementCursor {

    private final ByteBuf response;
    private final int first;
    private final int to;
    private final int elements;
    private int walked;
    private int from;
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
    public void rewind() {
        next = first;
        walked = 0;
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
        int lineEnd = lineEnd(next);
        byte type = response.getByte(next);
        if (lineEnd < 0 || type == '*') {
            return -1;
        }
        int end = lineEnd + 2;
        if (type == '$' && response.getByte(next + 1) != '-') {
            int body = WireBytes.number(response, next + 1, lineEnd);
            if (body < 0 || body > to - end - 2) {
                return -1;
            }
            end += body + 2;
        }
        walked++;
        from = next;
        next = end;
        return end - from;
    }

    @Override
    public ByteBuf response() {
        return response;
    }

    @Override
    public int from() {
        return from;
    }

    /** Index of the carriage return that ends the line from {@code at}; -1 if none does. */
    private int lineEnd(int at) {
        int cr = response.indexOf(at, to, (byte) '\r');
        return cr < to - 1 ? cr : -1;
    }
}
