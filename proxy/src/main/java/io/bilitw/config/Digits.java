package io.bilitw.config;

/**
 * The numbers of the file: digits only, without sign, blank or fraction (nc_util.c:_nc_atoi), at
 * most 2147483647.
 */
final class Digits {

    /** What {@link #parse} returns for a text that is not all digits. */
    static final int NOT_DIGITS = -1;

    /**
     * What {@link #parse} returns for a number above 2147483647, which twemproxy would wrap
     * silently.
     */
    static final int TOO_LARGE = -2;

    private Digits() {}

    static int parse(String text) {
        if (text.isEmpty() || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return NOT_DIGITS;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            number = number * 10 + (text.charAt(i) - '0');
            if (number > Integer.MAX_VALUE) {
                return TOO_LARGE;
            }
        }
        return (int) number;
    }
}
