package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.ResponseParser;
import io.netty.buffer.ByteBuf;

/**
 * Finds one response of RESP2 or RESP3, whatever it is made of and however deep it is nested. It is
 * passed on byte for byte, so all that counts is where it ends: how many values are still to come,
 * an array being a promise of more.
 *
 * <p>What a server pushes unasked would belong to no request. It is not asked to: the commands that
 * ask for it are refused.
 */
final class RedisResponseParser implements ResponseParser {

    /** Longest bulk string and most elements that are believed; redis allows itself no more. */
    private static final int MAX_LENGTH = 1 << 30;

    /**
     * A server that begins its error with one of these can serve nobody (twemproxy
     * nc_redis.c:redis_failure).
     */
    private static final byte[][] FAILURES = {
        "-OOM".getBytes(US_ASCII), "-BUSY".getBytes(US_ASCII), "-LOADING".getBytes(US_ASCII)
    };

    private final LengthLine lengthLine = new LengthLine();
    private final boolean isResp3;

    private boolean isBegun;
    private long valuesLeft;

    /** Offset from the response's first byte of the value to read next. */
    private int cursor;

    /** Offset from where the end of a long line is still to be searched. */
    private int lineCursor;

    private int foundValues;
    private int expectedBytes;
    private boolean isError;
    private boolean isServerFailure;
    private boolean isOutOfMemory;

    /** Reads RESP2, or RESP3 with all that it adds. */
    RedisResponseParser(boolean isResp3) {
        this.isResp3 = isResp3;
    }

    @Override
    public ParseStatus parse(ByteBuf in) {
        if (!isBegun) {
            isBegun = true;
            valuesLeft = 1;
            foundValues = 0;
            cursor = 0;
            lineCursor = 0;
        }
        int start = in.readerIndex();
        while (valuesLeft > 0) {
            ParseStatus status = readValue(in, start);
            if (status != ParseStatus.COMPLETE) {
                return status;
            }
        }
        isBegun = false;
        isError = in.getByte(start) == '-' || in.getByte(start) == '!';
        isServerFailure = isError && beginsWithFailure(in, start);
        if (isServerFailure) {
            isOutOfMemory = in.getByte(start + 1) == 'O';
        }
        return ParseStatus.COMPLETE;
    }

    private ParseStatus readValue(ByteBuf in, int start) {
        int at = start + cursor;
        if (at >= in.writerIndex()) {
            return needMore(in, 1);
        }
        byte marker = in.getByte(at);
        return switch (marker) {
            case '$' -> readBulk(in, start, at);
            case '*' -> readValues(in, start, at, 1);
            case ':' -> readInteger(in, start, at);
            case '+', '-' -> readLine(in, start, at);
            default -> isResp3 ? readResp3Value(marker, in, start, at) : ParseStatus.INVALID;
        };
    }

    private ParseStatus readResp3Value(byte marker, ByteBuf in, int start, int at) {
        return switch (marker) {
            case '=', '!' -> readBulk(in, start, at);
            case '~' -> readValues(in, start, at, 1);
            case '%' -> readValues(in, start, at, 2);
            case '|' -> readAttributes(in, start, at);
            case '_', '#', ',', '(' -> readLine(in, start, at);
            default -> ParseStatus.INVALID;
        };
    }

    private ParseStatus readBulk(ByteBuf in, int start, int at) {
        ParseStatus status = readLength(in, at);
        if (status != ParseStatus.COMPLETE) {
            return status;
        }
        int from = lengthLine.end();
        if (lengthLine.value() < 0) {
            return valueEnds(start, from);
        }
        long to = from + lengthLine.value() + 2;
        if (to - start > Integer.MAX_VALUE) {
            return ParseStatus.INVALID;
        }
        if (to > in.writerIndex()) {
            return needMore(in, to - in.writerIndex());
        }
        boolean isClosed = in.getByte((int) to - 2) == '\r' && in.getByte((int) to - 1) == '\n';
        foundValues++;
        return isClosed ? valueEnds(start, (int) to) : ParseStatus.INVALID;
    }

    /** Reads the head of something made of {@code perElement} values an element. */
    private ParseStatus readValues(ByteBuf in, int start, int at, int perElement) {
        ParseStatus status = readLength(in, at);
        if (status != ParseStatus.COMPLETE) {
            return status;
        }
        valuesLeft += perElement * Math.max(0, lengthLine.value());
        return valueEnds(start, lengthLine.end());
    }

    /** Reads the head of a map that stands before the value it tells about. */
    private ParseStatus readAttributes(ByteBuf in, int start, int at) {
        ParseStatus status = readValues(in, start, at, 2);
        valuesLeft += status == ParseStatus.COMPLETE ? 1 : 0;
        return status;
    }

    private ParseStatus readLength(ByteBuf in, int at) {
        ParseStatus status = lengthLine.read(in, at + 1);
        if (status == ParseStatus.NEED_MORE) {
            return needMore(in, 1);
        }
        return lengthLine.value() > MAX_LENGTH ? ParseStatus.INVALID : status;
    }

    private ParseStatus readInteger(ByteBuf in, int start, int at) {
        ParseStatus status = lengthLine.read(in, at + 1);
        return switch (status) {
            case COMPLETE -> valueEnds(start, lengthLine.end());
            case NEED_MORE -> needMore(in, 1);
            case INVALID -> status;
        };
    }

    private ParseStatus readLine(ByteBuf in, int start, int at) {
        int limit = in.writerIndex();
        int from = Math.max(at + 1, start + lineCursor);
        for (int i = from; i < limit; i++) {
            if (in.getByte(i) == '\n') {
                return in.getByte(i - 1) == '\r' ? valueEnds(start, i + 1) : ParseStatus.INVALID;
            }
        }
        lineCursor = limit - start;
        return needMore(in, 1);
    }

    private ParseStatus valueEnds(int start, int end) {
        cursor = end - start;
        valuesLeft--;
        return ParseStatus.COMPLETE;
    }

    private ParseStatus needMore(ByteBuf in, long missing) {
        expectedBytes = (int) Math.min(in.readableBytes() + missing, Integer.MAX_VALUE);
        return ParseStatus.NEED_MORE;
    }

    private boolean beginsWithFailure(ByteBuf in, int start) {
        for (byte[] failure : FAILURES) {
            if (beginsWith(in, start, failure)) {
                byte next = in.getByte(start + failure.length);
                return next == ' ' || next == '\r';
            }
        }
        return false;
    }

    /** The response ends with CRLF, so a word that is longer than it differs before the end. */
    private static boolean beginsWith(ByteBuf in, int start, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (in.getByte(start + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int length() {
        return cursor;
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
        return false;
    }

    @Override
    public boolean isError() {
        return isError;
    }

    @Override
    public boolean isServerFailure() {
        return isServerFailure;
    }

    @Override
    public boolean refusesOnlyWrites() {
        return isServerFailure && isOutOfMemory;
    }
}
