package io.bilitw.bench.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Random;

/**
 * Values that say whose they are: the key, a version and the length, each with a colon behind, and
 * then bytes that follow from the version.
 */
final class Values {

    /** The longest value. */
    static final int MAX_BYTES = 1_000_000;

    private static final int STEPS = 1000; // where the bytes of a version may begin
    private static final byte[] FILL = fill();

    private Values() {}

    private static byte[] fill() {
        byte[] fill = new byte[MAX_BYTES + STEPS];
        new Random(1).nextBytes(fill);
        return fill;
    }

    /** Makes a value, somewhat longer than {@code bytes} if that is too short for what it says. */
    static byte[] make(String key, int version, int bytes) {
        byte[] head = (key + ':' + version + ':' + bytes + ':').getBytes(US_ASCII);
        byte[] value = Arrays.copyOf(head, Math.max(bytes, head.length));
        System.arraycopy(FILL, version % STEPS, value, head.length, value.length - head.length);
        return value;
    }

    /**
     * Returns the version that a value of the key says it is.
     *
     * @throws WrongAnswer when it is another's, or not whole
     */
    static int version(String key, byte[] value) throws WrongAnswer {
        String head = new String(value, 0, Math.min(value.length, 60), US_ASCII);
        String[] words = head.split(":", 4);
        if (words.length == 4
                && words[0].equals(key)
                && words[1].matches("\\d{1,9}")
                && words[2].matches("\\d{1,7}")) {
            int version = Integer.parseInt(words[1]);
            if (Arrays.equals(value, make(key, version, Integer.parseInt(words[2])))) {
                return version;
            }
        }
        throw new WrongAnswer(
                "%s has a value of %d bytes that begins with %s"
                        .formatted(key, value.length, head.replaceAll("[^ -~]", ".")));
    }
}
