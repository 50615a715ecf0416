package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/** Looks at words and numbers where they lie, without making strings of them. */
public final class WireBytes {

    /** More digits than any {@code int} has, and few enough that a {@code long} never overflows. */
    private static final int MAX_DIGITS = 10;

    private WireBytes() {}

    /** Makes an upper-case ASCII letter lower case, and leaves any other byte. */
    public static int fold(int b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }

    /** Tells whether {@code in}, from index {@code from}, has {@code word} in whatever case. */
    public static boolean equalsFolded(ByteBuf in, int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (fold(in.getByte(from + i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads {@code in[from, to)} as decimal digits; -1 if it is none, or above 2^31-1. */
    public static int number(ByteBuf in, int from, int to) {
        int digits = to - from;
        if (digits < 1 || digits > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = in.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }
}
