package io.bilitw.protocol.redis;

import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The joined response of commands that count keys: the sum of the fragments' integers. */
final class SumJoin implements ResponseJoin {

    @Override
    public @Nullable ByteBuf join(Fragments fragments, ByteBufAllocator allocator) {
        long sum = 0;
        for (int i = 0; i < fragments.count(); i++) {
            long count = integer(fragments, i);
            if (count < 0) {
                return null;
            }
            sum += count;
        }
        ByteBuf out = allocator.buffer();
        RedisText.writeInteger(out, sum);
        return out;
    }

    /** The number of keys in a response {@code :n\r\n}; -1 if it has another shape. */
    private static long integer(Fragments fragments, int fragment) {
        ByteBuf in = fragments.response(fragment);
        int from = fragments.responseFrom(fragment);
        int lineEnd = fragments.responseTo(fragment) - 2;
        return in.getByte(from) == ':' ? WireBytes.number(in, from + 1, lineEnd) : -1;
    }
}
