package io.bilitw;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text under each other, with two blanks between their columns. What was printed is
 * forgotten but for the widths, so that a long table can be printed piece by piece.
 */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    /** Adds a row, which has as many cells as the others. */
    void add(String... cells) {
        for (int column = 0; column < cells.length; column++) {
            if (column == widths.size()) {
                widths.add(0);
            }
            widths.set(column, Math.max(widths.get(column), width(cells[column])));
        }
        rows.add(List.of(cells));
    }

    /** How many rows wait to be printed. */
    int size() {
        return rows.size();
    }

    /** Prints the rows added since the last time. */
    void print(PrintStream out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size() - 1; column++) {
                String cell = row.get(column);
                line.append(cell).repeat(' ', widths.get(column) - width(cell)).append(GAP);
            }
            out.print(line.append(row.getLast()).append('\n'));
        }
        rows.clear();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
