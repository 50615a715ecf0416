package io.bilitw.protocol.memcache;

import io.bilitw.protocol.WireBytes;
import io.netty.buffer.ByteBuf;

/**
 * The line before a value, which says how long it is: {@code VALUE key flags bytes [cas]} of the
 * classic commands, {@code VA bytes flags*} of the meta commands.
 */
final class ValueLine {

    /** Longest value that is believed. */
    private static final int MAX_BYTES = RequestLine.MAX_VALUE_BYTES;

    private int blockEnd;

    /**
     * Reads the line {@code [from, lineEnd)}, which ends with CRLF.
     *
     * @return whether it is one
     */
    boolean read(ByteBuf in, int from, int lineEnd) {
        int textEnd = lineEnd - 2;
        int wordsBefore = in.getByte(from + 2) == ' ' ? 1 : 3;
        int at = from;
        for (int i = 0; i < wordsBefore; i++) {
            at = in.indexOf(at, textEnd, (byte) ' ') + 1;
            if (at == 0) {
                return false;
            }
        }
        int blank = in.indexOf(at, textEnd, (byte) ' ');
        int bytes = WireBytes.number(in, at, blank < 0 ? textEnd : blank);
        if (bytes < 0 || bytes > MAX_BYTES) {
            return false;
        }
        long end = (long) lineEnd + bytes + 2;
        blockEnd = (int) Math.min(end, Integer.MAX_VALUE);
        return end <= Integer.MAX_VALUE;
    }

    /** Index after the value behind the line read last, and its line end. */
    int blockEnd() {
        return blockEnd;
    }
}
