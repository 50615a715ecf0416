package io.bilitw.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The words of the command line as the bytes that were typed. Java decodes them by the locale; in
 * {@code LC_ALL=C} a letter beyond ASCII is a question mark afterwards.
 */
public final class CommandLineBytes {

    private CommandLineBytes() {}

    /**
     * Returns the bytes of the words that {@code main} was given: the last ones of the process, or
     * the words in UTF-8 where the process was started with others, as in a test.
     */
    public static List<byte[]> of(String... words) throws IOException {
        String line = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), ISO_8859_1);
        return match(line, words);
    }

    /** Finds the words at the end of {@code line}, in which each byte is a character. */
    static List<byte[]> match(String line, String... words) {
        String[] typed = line.split("\0", -1); // the last one is empty, behind the last NUL
        int first = typed.length - 1 - words.length;
        for (int i = 0; i < words.length; i++) {
            if (first < 0 || (isAscii(typed[first + i]) && !typed[first + i].equals(words[i]))) {
                return Arrays.stream(words).map(word -> word.getBytes(UTF_8)).toList();
            }
        }
        return Arrays.stream(typed, first, typed.length - 1)
                .map(word -> word.getBytes(ISO_8859_1))
                .toList();
    }

    private static boolean isAscii(String word) {
        return word.chars().allMatch(character -> character < 0x80);
    }
}
