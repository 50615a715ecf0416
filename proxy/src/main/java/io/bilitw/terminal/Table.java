package io.bilitw.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells in columns: the first ones, of names, to the left, the others, of numbers, to the
 * right.
 */
final class Table {

    private static final String GAP = "  ";
    private static final int SHORTEST_NAME = 10;

    private final int nameColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /** Makes a table with a head alone. */
    Table(int nameColumns, String... head) {
        this.nameColumns = nameColumns;
        rows.add(List.of(head));
    }

    /** Adds a row with as many cells as the head. */
    void add(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(cells.length + " cells");
        }
        rows.add(List.of(cells));
    }

    /** The lines of the whole table. */
    List<String> lines() {
        return lines(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * The lines of what fits into {@code width} columns of characters and {@code height} lines. A
     * name gets a third of the width at most. Columns are left out from the last one on. Rows are
     * too, and then the last line says how many.
     */
    List<String> lines(int width, int height) {
        int[] widths = widths();
        for (int i = 0; i < nameColumns; i++) {
            widths[i] = Math.min(widths[i], Math.max(SHORTEST_NAME, width / 3));
        }
        int columns = fitting(widths, width);
        int left = rows.size() > height ? rows.size() - height + 1 : 0;
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows.subList(0, rows.size() - left)) {
            lines.add(line(row, widths, columns));
        }
        if (left > 0) {
            lines.add("... and " + left + " more");
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return widths;
    }

    /** How many columns fit, the names at least. */
    private int fitting(int[] widths, int width) {
        int used = -GAP.length();
        for (int i = 0; i < widths.length; i++) {
            used += GAP.length() + widths[i];
            if (used > width && i >= nameColumns) {
                return i;
            }
        }
        return widths.length;
    }

    private String line(List<String> row, int[] widths, int columns) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            String cell = shortened(row.get(i), widths[i]);
            String blanks = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(i < nameColumns ? cell + blanks : blanks + cell);
        }
        return line.toString().stripTrailing();
    }

    /** The end of a name that is too long, as names of servers differ there. */
    private static String shortened(String cell, int width) {
        int tooMany = length(cell) - width;
        return tooMany <= 0 ? cell : "~" + cell.substring(cell.offsetByCodePoints(0, tooMany + 1));
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
