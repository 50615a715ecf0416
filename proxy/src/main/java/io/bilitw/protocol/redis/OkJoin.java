package io.bilitw.protocol.redis;

import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The joined response of MSET: OK if all fragments say so. */
final class OkJoin implements ResponseJoin {

    @Override
    public @Nullable ByteBuf join(Fragments fragments, ByteBufAllocator allocator) {
        for (int i = 0; i < fragments.count(); i++) {
            if (!isOk(fragments, i)) {
                return null;
            }
        }
        ByteBuf out = allocator.buffer();
        RedisText.writeOk(out);
        return out;
    }

    private static boolean isOk(Fragments fragments, int fragment) {
        int from = fragments.responseFrom(fragment);
        return fragments.responseTo(fragment) - from == "+OK\r\n".length()
                && WireBytes.equalsFolded(fragments.response(fragment), from, "+ok");
    }
}
