package io.bilitw.stats;

/**
 * How a row of a table is shown to Prometheus, where that does not follow from the row's own name:
 * Prometheus wants whole words, base units, and one name for what is only split by a label.
 *
 * @param name without the prefix of all and the suffix of counters; empty to make it of the row's
 * @param labels what tells it from other rows of that name, or nothing
 * @param help what all rows of that name mean; empty for the row's description
 * @param decimals how many of the figure's digits stand behind the point of the base unit
 */
record Exposition(String name, String labels, String help, int decimals) {

    static final Exposition BY_NAME = new Exposition("", "", "", 0);

    private static final String PREFIX = "bilitw_";

    /** Under another name. */
    static Exposition named(String name) {
        return new Exposition(name, "", "", 0);
    }

    /** Under a name that adjacent rows share. */
    static Exposition oneOf(String name, String labels, String help) {
        return new Exposition(name, labels, help, 0);
    }

    /** In seconds, which the figure's unit is a decimal fraction of. */
    static Exposition seconds(String name, int decimals, String help) {
        return new Exposition(name + "_seconds", "", help, decimals);
    }

    /** The whole name of {@code metric}, which is a row of the table of that name. */
    String family(String table, Metric metric) {
        String own = metric.label();
        String derived = own.startsWith(table + "_") ? own : table + "_" + own;
        return PREFIX
                + (name.isEmpty() ? derived : name)
                + (metric.kind() == Metric.Kind.COUNTER ? "_total" : "");
    }

    /** What {@code metric} means. */
    String help(Metric metric) {
        String text = help.isEmpty() ? metric.description() : help;
        return text.startsWith("# ") ? text.substring(2) : text;
    }
}
