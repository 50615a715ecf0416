package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ElementCursor;
import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * A walk over the values of a response; a key that the next value does not name has none.
 *
 * <pre>
 *   VALUE a 0 5\r\nhello\r\n   VALUE c 0 0\r\n\r\n   END\r\n
 *   element .............      element .........
 * </pre>
 */
final class ValueCursor implements ElementCursor {

    private static final ByteBuf VALUE =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("VALUE ", US_ASCII));
    private static final ByteBuf END =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("END\r\n", US_ASCII));

    private final ByteBuf response;
    private final int first;
    private final int to;
    private final KeyWalk keys;
    private final ValueLine line = new ValueLine();
    private int next;

    ValueCursor(Fragments fragments, int fragment, KeyWalk keys) {
        response = fragments.response(fragment);
        first = fragments.responseFrom(fragment);
        to = fragments.responseTo(fragment);
        this.keys = keys;
        next = first;
    }

    @Override
    public int next(int key) {
        if (isAtEnd()) {
            return 0;
        }
        if (!isAt(VALUE)) {
            return -1;
        }
        keys.moveTo(key);
        int keyFrom = next + VALUE.readableBytes();
        int keyTo = keyFrom + keys.bytes();
        if (keyTo >= to
                || response.getByte(keyTo) != ' '
                || !ByteBufUtil.equals(response, keyFrom, keys.keys(), keys.from(), keys.bytes())) {
            return 0;
        }
        if (!line.read(response, next, response.indexOf(next, to, (byte) '\n') + 1)) {
            return -1;
        }
        int bytes = line.blockEnd() - next;
        next = line.blockEnd();
        return bytes;
    }

    private boolean isAt(ByteBuf word) {
        int bytes = word.readableBytes();
        return to - next >= bytes && ByteBufUtil.equals(response, next, word, 0, bytes);
    }

    @Override
    public boolean isAtEnd() {
        return to - next == END.readableBytes() && isAt(END);
    }

    @Override
    public ByteBuf response() {
        return response;
    }

    @Override
    public int first() {
        return first;
    }
}
