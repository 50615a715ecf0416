package io.bilitw.terminal;

import java.util.List;

/**
 * The room that there is for a page.
 *
 * @param width in characters
 * @param height in lines
 */
record Size(int width, int height) {

    /** More than any page has. */
    static final Size BOUNDLESS = new Size(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** The lines that have room, each cut to what has room of it. */
    List<String> cut(List<String> lines) {
        return lines.stream().limit(height).map(this::cut).toList();
    }

    private String cut(String line) {
        return line.codePointCount(0, line.length()) <= width
                ? line
                : line.substring(0, line.offsetByCodePoints(0, width));
    }
}
