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

    private int keyEnd;
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
            int end = wordEnd(in, at, textEnd);
            keyEnd = i == 1 ? end : keyEnd;
            at = end + 1;
            if (at > textEnd) {
                return false;
            }
        }
        int bytes = WireBytes.number(in, at, wordEnd(in, at, textEnd));
        if (bytes < 0 || bytes > MAX_BYTES) {
            return false;
        }
        long end = (long) lineEnd + bytes + 2;
        blockEnd = (int) Math.min(end, Integer.MAX_VALUE);
        return end <= Integer.MAX_VALUE;
    }

    /** Index of the blank that ends the word at {@code from}, or of the line's end. */
    static int wordEnd(ByteBuf in, int from, int lineEnd) {
        int at = from; // byte by byte: words are too short for anything cleverer
        while (at < lineEnd && in.getByte(at) != ' ') {
            at++;
        }
        return at;
    }

    /** Index after the key in the line read last, if that is one with a key. */
    int keyEnd() {
        return keyEnd;
    }

    /** Index after the value behind the line read last, and its line end. */
    int blockEnd() {
        return blockEnd;
    }
}
