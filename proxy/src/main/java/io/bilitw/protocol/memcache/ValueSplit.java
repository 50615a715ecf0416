package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ElementCursor;
import io.bilitw.protocol.ElementJoin;
import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.Split;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * How get, gets, gat and gats are cut into one request per server, and the values joined in the
 * order of the keys.
 *
 * <pre>
 *   get a b c       get a c \r\n      a fragment ends with a blank, as in twemproxy
 *                   get b \r\n        (nc_memcache.c:memcache_fragment_retrieval)
 *   ^head ^part
 * </pre>
 */
enum ValueSplit implements Split {
    /** A server takes such a line however long it is. */
    GET(Integer.MAX_VALUE),
    /** A server may close on a long line if it does not come in one piece. */
    GET_AND_TOUCH(MemcacheRequestParser.MAX_LINE_BYTES / 2);

    private static final byte[] TAIL = " \r\n".getBytes(US_ASCII);
    private static final byte[] NO_HEAD = {};
    private static final byte[] END = "END\r\n".getBytes(US_ASCII);

    private final int maxPartBytes;

    ValueSplit(int maxPartBytes) {
        this.maxPartBytes = maxPartBytes;
    }

    @Override
    public int framingBytes(RequestParser request) {
        return headBytes(request) + TAIL.length;
    }

    /** The head is the line up to the last word before its first key. */
    private static int headBytes(RequestParser request) {
        int end = request.partFrom(0);
        while (request.source().getByte(end - 1) == ' ') {
            end--;
        }
        return end - request.start();
    }

    @Override
    public void writeHead(ByteBuf out, RequestParser request, int keys) {
        out.writeBytes(request.source(), request.start(), headBytes(request));
    }

    @Override
    public void writeTail(ByteBuf out) {
        out.writeBytes(TAIL);
    }

    @Override
    public int maxPartBytes() {
        return maxPartBytes;
    }

    @Override
    public boolean keepsParts() {
        return true; // a response says nothing about a key that is not there
    }

    /**
     * Joins what fits together; a response of another kind, which is an error nearly always, makes
     * the whole one {@code SERVER_ERROR Invalid argument} (nc_memcache.c:memcache_post_coalesce).
     */
    @Override
    public ByteBuf coalesce(Fragments fragments, ByteBufAllocator allocator) {
        KeyWalk keys = new KeyWalk(fragments);
        ElementCursor[] cursors = new ElementCursor[fragments.count()];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new ValueCursor(fragments, i, keys);
        }
        ByteBuf joined = ElementJoin.join(fragments, cursors, NO_HEAD, END, allocator);
        return joined != null ? joined : invalid(allocator);
    }

    private static ByteBuf invalid(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        MemcacheError.INVALID_RESPONSE.write(out);
        return out;
    }
}
