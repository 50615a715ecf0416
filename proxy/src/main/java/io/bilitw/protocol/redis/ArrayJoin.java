package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ElementCursor;
import io.bilitw.protocol.ElementJoin;
import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The joined response of MGET: the elements of the fragments' arrays, in the order of the request's
 * keys.
 *
 * <pre>
 *   response 0:  *2\r\n $1\r\na\r\n  $-1\r\n      keys 0 and 2
 *   response 1:  *1\r\n $1\r\nb\r\n               key 1
 *   joined:      *3\r\n $1\r\na\r\n  $1\r\nb\r\n  $-1\r\n
 * </pre>
 */
final class ArrayJoin implements ResponseJoin {

    private static final byte[] NO_TAIL = {};

    @Override
    public @Nullable ByteBuf join(Fragments fragments, ByteBufAllocator allocator) {
        ElementCursor[] cursors = new ElementCursor[fragments.count()];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new ArrayCursor(fragments, i);
        }
        byte[] head = ("*" + fragments.keyCount() + "\r\n").getBytes(US_ASCII);
        return ElementJoin.join(fragments, cursors, head, NO_TAIL, allocator);
    }
}
