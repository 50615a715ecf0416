package io.bilitw.protocol.memcache;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.ResponseParser;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds one response of memcached: a line, a value of the meta commands, or values up to the line
 * behind them. It is passed on byte for byte.
 *
 * <p>A line that begins with no word of {@link ResponseWord} and is no number comes from something
 * else than memcached, or is out of step.
 */
final class MemcacheResponseParser implements ResponseParser {

    /**
     * Longest line that is taken, however it is cut; the longest that memcached writes has some
     * hundred bytes.
     */
    private static final int MAX_LINE_BYTES = 16 * 1024;

    private final ValueLine valueLine = new ValueLine();

    /**
     * How many bytes must have come behind a value for it to be a response of its own; 0 if it is
     * none.
     */
    private final int bytesBehindValue;

    private boolean isBegun;

    /** Offset from the response's first byte of the line to read next. */
    private int cursor;

    /** Offset from where the end of the line is still to be searched. */
    private int lineCursor;

    /** Offset after the value that is awaited; 0 if a line is. */
    private int blockEnd;

    /** Offset after the key of the value read last. */
    private int keyTo;

    private @Nullable ResponseWord word;
    private int foundValues;
    private int expectedBytes;

    /** Finds whole responses. */
    MemcacheResponseParser() {
        this(0);
    }

    private MemcacheResponseParser(int bytesBehindValue) {
        this.bytesBehindValue = bytesBehindValue;
    }

    /**
     * A parser of the responses to get that takes each value for a response of its own once {@code
     * bytesBehind} bytes have come behind it.
     */
    static MemcacheResponseParser ofSingleValues(int bytesBehind) {
        return new MemcacheResponseParser(bytesBehind);
    }

    @Override
    public ParseStatus parse(ByteBuf in) {
        if (!isBegun) {
            isBegun = true;
            cursor = 0;
            lineCursor = 0;
            blockEnd = 0;
            word = null;
            foundValues = 0;
        }
        int start = in.readerIndex();
        while (true) {
            ParseStatus status = blockEnd == 0 ? readLine(in, start) : ParseStatus.COMPLETE;
            if (status == ParseStatus.COMPLETE && blockEnd > 0) {
                status = readBlock(in, start);
            }
            if (status != ParseStatus.COMPLETE) {
                return status;
            }
            if (word != ResponseWord.VALUE || bytesBehindValue > 0) {
                isBegun = false;
                return ParseStatus.COMPLETE;
            }
        }
    }

    private ParseStatus readLine(ByteBuf in, int start) {
        int from = start + cursor;
        int end = in.indexOf(start + lineCursor, in.writerIndex(), (byte) '\n');
        int bytes = (end < 0 ? in.writerIndex() : end) - from;
        if (bytes > MAX_LINE_BYTES) {
            return ParseStatus.INVALID;
        }
        if (end < 0) {
            lineCursor = cursor + bytes;
            return needMore(in, 1);
        }
        if (end == from || in.getByte(end - 1) != '\r') {
            return ParseStatus.INVALID;
        }
        int textEnd = end - 1;
        word = null;
        if (!isNumber(in, from, textEnd)) {
            word = ResponseWord.find(in, from, ValueLine.wordEnd(in, from, textEnd) - from);
            if (word == null) {
                return ParseStatus.INVALID;
            }
        }
        return lineEnds(in, start, end + 1);
    }

    private ParseStatus lineEnds(ByteBuf in, int start, int end) {
        if ((cursor > 0 || bytesBehindValue > 0) && !mayBeAmongValues()) {
            return ParseStatus.INVALID;
        }
        if (word == ResponseWord.VALUE || word == ResponseWord.VA) {
            if (!valueLine.read(in, start + cursor, end)) {
                return ParseStatus.INVALID;
            }
            keyTo = valueLine.keyEnd() - start;
            blockEnd = valueLine.blockEnd() - start;
            return ParseStatus.COMPLETE;
        }
        cursor = end - start;
        return ParseStatus.COMPLETE;
    }

    private boolean mayBeAmongValues() {
        return word == ResponseWord.VALUE || word == ResponseWord.END || isError();
    }

    /** Tells whether the line is what incr and decr answer: digits, perhaps with blanks behind. */
    private static boolean isNumber(ByteBuf in, int from, int to) {
        int at = from;
        while (at < to && in.getByte(at) >= '0' && in.getByte(at) <= '9') {
            at++;
        }
        if (at == from) {
            return false;
        }
        while (at < to && in.getByte(at) == ' ') {
            at++;
        }
        return at == to;
    }

    private ParseStatus readBlock(ByteBuf in, int start) {
        int end = start + blockEnd;
        int missing = end - in.writerIndex() + bytesBehindValue;
        if (missing > 0) {
            return needMore(in, missing);
        }
        if (in.getByte(end - 2) != '\r' || in.getByte(end - 1) != '\n') {
            return ParseStatus.INVALID;
        }
        foundValues++;
        cursor = blockEnd;
        lineCursor = blockEnd;
        blockEnd = 0;
        return ParseStatus.COMPLETE;
    }

    private ParseStatus needMore(ByteBuf in, int missing) {
        expectedBytes = in.readableBytes() + missing;
        return ParseStatus.NEED_MORE;
    }

    @Override
    public int length() {
        return cursor;
    }

    /** Tells whether the complete response is a single value. */
    boolean isSingleValue() {
        return word == ResponseWord.VALUE;
    }

    /** Offset in that value after the last byte of its key. */
    int keyTo() {
        return keyTo;
    }

    @Override
    public int expectedBytes() {
        return expectedBytes;
    }

    @Override
    public int foundValues() {
        return foundValues;
    }

    @Override
    public boolean isFence() {
        return word == ResponseWord.VERSION;
    }

    @Override
    public boolean isError() {
        return word != null && word.isError();
    }

    @Override
    public boolean isServerFailure() {
        return false; // twemproxy knows none for memcached (nc_memcache.c:memcache_failure)
    }

    @Override
    public boolean refusesOnlyWrites() {
        return false;
    }
}
