package io.bilitw.bench.matrix;

/**
 * Which share of nutcracker's processor time a request may cost.
 *
 * @param must the greatest that is good enough
 * @param aim the one that is hoped for
 */
record Goal(double must, double aim) {

    /** The kernel's part is nearly all of it. */
    static final Goal LEVEL = new Goal(1.00, 0.85);

    static final Goal PIPELINE_16 = new Goal(0.65, 0.50);
    static final Goal PIPELINE_64 = new Goal(0.30, 0.20);
    static final Goal MANY_KEYS = new Goal(0.50, 0.30);
    static final Goal LONG_VALUE = new Goal(1.00, 0.80);

    /** Nothing is asked of the row. */
    static final Goal NONE = new Goal(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Says what a ratio has reached. */
    String verdict(double ratio) {
        if (equals(NONE)) {
            return "-";
        }
        return ratio <= aim ? "aim" : ratio <= must ? "must" : "MISSED";
    }

    /** Writes a bound, which may be none. */
    static String text(double bound) {
        return Double.isInfinite(bound) ? "-" : Figures.two(bound);
    }
}
