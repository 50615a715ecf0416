package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Writes keys, which may be any bytes, so that a terminal or a log can show them. */
public final class KeyText {

    private static final int FIRST_BEYOND_ASCII = 0x80;

    /** Bytes that may follow the first one of a letter in UTF-8. */
    private static final int MAX_CONTINUATIONS = 3;

    private KeyText() {}

    /**
     * The key as UTF-8 text. A control character and all that is not UTF-8 becomes {@code \x} and
     * two digits a byte, a backslash becomes two; an empty key is a pair of quotation marks.
     */
    public static String of(byte[] key) {
        if (key.length == 0) {
            return "\"\"";
        }
        StringBuilder text = new StringBuilder();
        String decoded;
        boolean isText = true;
        try {
            decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
        } catch (CharacterCodingException _) {
            decoded = new String(key, ISO_8859_1);
            isText = false;
        }
        for (int character : decoded.codePoints().toArray()) {
            if (character == '\\') {
                text.append("\\\\");
            } else if (isShown(character) && (isText || character < FIRST_BEYOND_ASCII)) {
                text.appendCodePoint(character);
            } else {
                byte[] bytes = Character.toString(character).getBytes(isText ? UTF_8 : ISO_8859_1);
                for (byte one : bytes) {
                    text.append("\\x%02x".formatted(one));
                }
            }
        }
        return text.toString();
    }

    /** The part {@code [from, to)} of a key. */
    public static String of(byte[] key, int from, int to) {
        return of(Arrays.copyOfRange(key, from, to));
    }

    /**
     * The first bytes of a key that has {@code bytes} of them in all, and how many are missing. A
     * letter of several bytes that was cut is left out.
     */
    public static String ofCut(byte[] key, int bytes) {
        if (key.length >= bytes) {
            return of(key);
        }
        int end = key.length;
        while (end > 0 && key.length - end < MAX_CONTINUATIONS && isContinuation(key[end - 1])) {
            end--;
        }
        int first = end - 1;
        int shown = first >= 0 && first + letterBytes(key[first]) > key.length ? first : key.length;
        return of(key, 0, shown) + mark(bytes - shown);
    }

    /** What stands behind a key of which {@code missing} bytes are missing. */
    public static String mark(int missing) {
        return missing == 0 ? "" : "... (" + missing + " more bytes)";
    }

    /** How many bytes a letter has that begins with this one: as many as that has ones ahead. */
    private static int letterBytes(byte first) {
        return Integer.numberOfLeadingZeros(~first << (Integer.SIZE - Byte.SIZE));
    }

    private static boolean isContinuation(byte one) {
        return (one & 0xc0) == FIRST_BEYOND_ASCII;
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
