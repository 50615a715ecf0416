package io.bilitw.bench.load;

/**
 * The last eight digits of a key {@code key:000000012345}, as the big-endian number that their
 * bytes make: one write puts them into a request, one read takes them from a response.
 */
final class KeyDigits {

    static final int MAX_KEYS = 100_000_000;

    private static final int HALF = 10_000;
    private static final int[] FOUR_DIGITS = new int[HALF];

    static {
        for (int i = 0; i < HALF; i++) {
            FOUR_DIGITS[i] =
                    digit(i / 1000) << 24 | digit(i / 100) << 16 | digit(i / 10) << 8 | digit(i);
        }
    }

    private KeyDigits() {}

    /** Returns the digits of a key, which is less than {@link #MAX_KEYS}. */
    static long of(int key) {
        return (long) FOUR_DIGITS[key / HALF] << 32 | FOUR_DIGITS[key % HALF];
    }

    private static int digit(int number) {
        return '0' + number % 10;
    }
}
