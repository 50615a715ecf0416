package io.bilitw.protocol.memcache;

import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;

/** A walk over the keys of a request, which lie with blanks between them. */
final class KeyWalk {

    private final ByteBuf keys;
    private final int end;
    private int key = -1;
    private int from;
    private int to;

    /** Stands before the first key. */
    KeyWalk(Fragments fragments) {
        keys = fragments.parts();
        end = fragments.partsTo();
        to = fragments.partsFrom();
    }

    /** Goes to key {@code number}, which is not before the one that it stands at. */
    void moveTo(int number) {
        while (key < number) {
            from = to;
            while (keys.getByte(from) == ' ') {
                from++;
            }
            int blank = keys.indexOf(from, end, (byte) ' ');
            to = blank < 0 ? end : blank;
            key++;
        }
    }

    /** The buffer with the key; only lent. */
    ByteBuf keys() {
        return keys;
    }

    /** Index in {@link #keys()} of the key's first byte. */
    int from() {
        return from;
    }

    /** Length of the key in bytes. */
    int bytes() {
        return to - from;
    }
}
