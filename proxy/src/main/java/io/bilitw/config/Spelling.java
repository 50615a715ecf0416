package io.bilitw.config;

import java.util.Collection;
import java.util.Locale;

/** Guesses which word was meant by a misspelt one. */
final class Spelling {

    private static final int MAX_WORD_LENGTH = 64;

    private Spelling() {}

    /**
     * Returns {@code ", did you mean 'x'?"} for the nearest of {@code words}, or nothing when none
     * is near.
     */
    static String suggestion(String misspelt, Collection<String> words) {
        if (misspelt.length() > MAX_WORD_LENGTH) {
            return "";
        }
        String written = letters(misspelt);
        String nearest = "";
        int least = Math.max(1, written.length() / 3) + 1;
        for (String word : words) {
            int edits = edits(written, letters(word));
            if (edits < least) {
                nearest = word;
                least = edits;
            }
        }
        return nearest.isEmpty() ? "" : ", did you mean '" + nearest + "'?";
    }

    /** The word as it sounds: neither case nor what joins its parts tells it from others. */
    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /**
     * Counts the letters to insert, drop, replace or swap with their neighbour to turn one word
     * into the other.
     */
    static int edits(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, from, i, to, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int cheapest(int[][] edits, String from, int i, String to, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least =
                Math.min(
                        edits[i - 1][j - 1] + (same ? 0 : 1),
                        1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
