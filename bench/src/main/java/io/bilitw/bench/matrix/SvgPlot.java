package io.bilitw.bench.matrix;

import java.util.List;

/** The ratios as a plot: a bar a row, its spread, and where must and aim are. */
final class SvgPlot {

    private static final int LEFT = 240;
    private static final int WIDTH = 560;
    private static final int RIGHT = 60;
    private static final int TOP = 44;
    private static final int STEP = 22;
    private static final int BAR = 14;
    private static final int MAX_PERCENT = 140;
    private static final int GRID_PERCENT = 20;
    private static final String TITLE =
            "Processor time per request, bilitw : nutcracker (line: spread, red: must, green: aim)";

    private final StringBuilder svg = new StringBuilder();

    private SvgPlot() {}

    /** Returns the plot of the rows that have figures. */
    static String of(List<RowResult> results) {
        List<RowResult> rows = results.stream().filter(result -> !result.hasFailed()).toList();
        int bottom = TOP + rows.size() * STEP;
        SvgPlot plot = new SvgPlot();
        plot.add(
                """
                <svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' \
                font-family='sans-serif' font-size='12'>
                <rect width='100%%' height='100%%' fill='white'/>
                """
                        .formatted(LEFT + WIDTH + RIGHT, bottom + TOP));
        plot.text(LEFT, TOP / 2, "start", TITLE);
        for (int percent = 0; percent <= MAX_PERCENT; percent += GRID_PERCENT) {
            double ratio = percent / 100.0;
            plot.line(x(ratio), TOP - 4, x(ratio), bottom, percent == 100 ? "#555" : "#ddd", 1);
            plot.text(x(ratio), bottom + BAR, "middle", Figures.two(ratio));
        }
        for (int i = 0; i < rows.size(); i++) {
            plot.row(rows.get(i), TOP + i * STEP);
        }
        plot.add("</svg>");
        return plot.svg.toString();
    }

    private void row(RowResult result, int top) {
        int base = top + BAR - 3;
        text(LEFT - 8, base, "end", result.row().name());
        text(LEFT + WIDTH + 8, base, "start", Figures.two(result.ratio()));
        add(
                "<rect x='%d' y='%d' width='%d' height='%d' fill='%s'/>\n"
                        .formatted(
                                LEFT,
                                top,
                                x(result.ratio()) - LEFT,
                                BAR,
                                result.verdict().equals("MISSED") ? "#e0a080" : "#80a8d8"));
        Spread ratios = result.ratios();
        int middle = top + BAR / 2;
        line(x(ratios.least()), middle, x(ratios.greatest()), middle, "#333", 1);
        Goal goal = result.row().goal();
        if (!goal.equals(Goal.NONE)) {
            line(x(goal.must()), top - 2, x(goal.must()), top + BAR + 2, "#c00", 2);
            line(x(goal.aim()), top - 2, x(goal.aim()), top + BAR + 2, "#080", 2);
        }
    }

    private void text(int x, int y, String anchor, String text) {
        add("<text x='%d' y='%d' text-anchor='%s'>%s</text>\n".formatted(x, y, anchor, text));
    }

    private void line(int x1, int y1, int x2, int y2, String colour, int width) {
        add(
                "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='%d'/>\n"
                        .formatted(x1, y1, x2, y2, colour, width));
    }

    private static int x(double ratio) {
        return LEFT + (int) (Math.min(ratio * 100, MAX_PERCENT) / MAX_PERCENT * WIDTH);
    }

    private void add(String text) {
        svg.append(text);
    }
}
