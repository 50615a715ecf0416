package io.bilitw.bench.matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure that stands beside the matrix.
 *
 * @param bilitw as it is written
 * @param nutcracker the same of nutcracker, or a dash
 */
record Figure(String name, String unit, String bilitw, String nutcracker) {

    static final String NONE = "-";

    private static final String LAYOUT = "%-46s %-12s %12s %12s";

    /** Returns the lines above the figures. */
    static List<String> header() {
        return List.of(
                "Beside it: redis, 32 B, one worker, 50 clients, unless said",
                LAYOUT.formatted("figure", "unit", "bilitw", "nutcracker"));
    }

    /** Returns the figure as a line of the table. */
    String line() {
        return LAYOUT.formatted(name, unit, bilitw, nutcracker);
    }

    /** Returns some figures as CSV. */
    static List<String> csv(List<Figure> figures) {
        List<String> lines = new ArrayList<>(List.of("figure,unit,bilitw,nutcracker"));
        for (Figure each : figures) {
            String name = each.name.replace(",", "");
            lines.add(String.join(",", name, each.unit, csv(each.bilitw), csv(each.nutcracker)));
        }
        return lines;
    }

    private static String csv(String cell) {
        return cell.equals(NONE) ? "" : cell;
    }
}
