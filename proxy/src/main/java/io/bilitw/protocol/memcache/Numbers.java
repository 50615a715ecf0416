package io.bilitw.protocol.memcache;

import io.netty.buffer.ByteBuf;

/**
 * Numbers in a request line, told from what is none without working them out.
 *
 * <p>Stricter than memcached, which takes blanks, signs and letters behind the digits: a line that
 * one server finds fault with would leave its data block to be read as commands, on a connection
 * that many clients share.
 */
final class Numbers {

    /** The largest of 32 bits. */
    static final String MAX_UNSIGNED = "4294967295";

    /** The largest of 64 bits. */
    static final String MAX_UNSIGNED_LONG = "18446744073709551615";

    /** Far beyond any time, and still within 64 bits with a sign. */
    private static final String MAX_EXPIRY = "999999999999999999";

    private Numbers() {}

    /** Tells whether {@code in[from, to)} is a time to live: digits, perhaps with a minus sign. */
    static boolean isExpiry(ByteBuf in, int from, int to) {
        boolean isNegative = from < to && in.getByte(from) == '-';
        return isUpTo(MAX_EXPIRY, in, isNegative ? from + 1 : from, to);
    }

    /** Tells whether {@code in[from, to)} is a number from 0 to {@code max}, in digits. */
    static boolean isUpTo(String max, ByteBuf in, int from, int to) {
        int first = from;
        while (first < to - 1 && in.getByte(first) == '0') {
            first++;
        }
        int digits = to - first;
        if (digits < 1 || digits > max.length()) {
            return false;
        }
        boolean isBelow = digits < max.length();
        for (int i = 0; i < digits; i++) {
            int digit = in.getByte(first + i);
            if (digit < '0' || digit > '9' || (!isBelow && digit > max.charAt(i))) {
                return false;
            }
            isBelow = isBelow || digit < max.charAt(i);
        }
        return true;
    }
}
