package io.bilitw.protocol.redis;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;

/**
 * A decimal number up to the end of its line, as it stands behind {@code *}, {@code $} and {@code
 * :}.
 *
 * <p>Strict as redis (util.c:string2ll): no plus sign, no leading zero, no negative zero, no blank,
 * no more than 64 bits. A line that is not whole yet is read again from its start, which costs
 * little: it has 20 digits at most. Event-loop confined.
 */
final class LengthLine {

    private static final int MAX_DIGITS = 19;
    private static final int CRLF = '\r' << 8 | '\n';

    private long value;
    private int end;

    /** Reads the number that begins at index {@code from}. */
    ParseStatus read(ByteBuf in, int from) {
        int limit = in.writerIndex();
        return limit - from >= Integer.BYTES && isShort(in.getInt(from), from)
                ? ParseStatus.COMPLETE
                : readLong(in, from, limit);
    }

    /**
     * Tells whether {@code line}, its first four bytes, is a whole one of one digit or of two, as
     * nearly all are.
     */
    private boolean isShort(int line, int from) {
        int first = (line >>> 24) - '0';
        if (first < 0 || first > 9) {
            return false;
        }
        if ((line & 0xFFFF00) == CRLF << 8) {
            value = first;
            end = from + 3;
            return true;
        }
        int second = (line >>> 16 & 0xFF) - '0';
        value = 10L * first + second;
        end = from + 4;
        return (line & 0xFFFF) == CRLF && first > 0 && second >= 0 && second <= 9;
    }

    private ParseStatus readLong(ByteBuf in, int from, int limit) {
        int at = from;
        boolean isNegative = at < limit && in.getByte(at) == '-';
        if (isNegative) {
            at++;
        }
        int firstDigit = at;
        long number = 0;
        while (at < limit) {
            int digit = in.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
            at++;
        }
        int digits = at - firstDigit;
        boolean beginsWithZero = digits > 0 && in.getByte(firstDigit) == '0';
        if (beginsWithZero && (digits > 1 || isNegative)) {
            return ParseStatus.INVALID;
        }
        if (digits > MAX_DIGITS || !isWithin64Bits(number, isNegative)) {
            return ParseStatus.INVALID;
        }
        value = isNegative ? -number : number;
        return digits == 0 && at < limit ? ParseStatus.INVALID : readLineEnd(in, at, limit);
    }

    /** Nineteen digits stay below 2^64, so a number that is too large has become negative. */
    private static boolean isWithin64Bits(long number, boolean isNegative) {
        return number >= 0 || (isNegative && number == Long.MIN_VALUE);
    }

    private ParseStatus readLineEnd(ByteBuf in, int at, int limit) {
        if ((at < limit && in.getByte(at) != '\r')
                || (at + 1 < limit && in.getByte(at + 1) != '\n')) {
            return ParseStatus.INVALID;
        }
        end = at + 2;
        return end <= limit ? ParseStatus.COMPLETE : ParseStatus.NEED_MORE;
    }

    /** The number read last. */
    long value() {
        return value;
    }

    /** Index after the line read last. */
    int end() {
        return end;
    }
}
