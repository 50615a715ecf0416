package io.bilitw.protocol.memcache;

import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;

/** A walk over the keys of a request, which lie with blanks between them. */
final class KeyWalk {

    private final ByteBuf keys;
    private final int first;
    private final int end;
    private int key = -1;
    private int from;
    private int to;

    /** Stands before the first key. */
    KeyWalk(Fragments fragments) {
        keys = fragments.parts();
        first = fragments.partsFrom();
        end = fragments.partsTo();
        to = first;
    }

    /** Goes to key {@code number}, the one after that it stands at, or back to the first ones. */
    void moveTo(int number) {
        if (number < key) {
            key = -1;
            to = first;
        }
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
