package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.Coalescer;
import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Joins what all servers say to one command: OK if all do, else what the first other one says. */
enum FirstRefusal implements Coalescer {
    INSTANCE;

    private static final ByteBuf OK =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("OK\r\n", US_ASCII));

    @Override
    public ByteBuf coalesce(Fragments fragments, ByteBufAllocator allocator) {
        int chosen = 0;
        while (chosen < fragments.count() - 1 && isOk(fragments, chosen)) {
            chosen++;
        }
        int from = fragments.responseFrom(chosen);
        int bytes = fragments.responseTo(chosen) - from;
        return allocator.buffer(bytes).writeBytes(fragments.response(chosen), from, bytes);
    }

    private static boolean isOk(Fragments fragments, int fragment) {
        int from = fragments.responseFrom(fragment);
        int bytes = fragments.responseTo(fragment) - from;
        return bytes == OK.readableBytes()
                && ByteBufUtil.equals(fragments.response(fragment), from, OK, 0, bytes);
    }
}
