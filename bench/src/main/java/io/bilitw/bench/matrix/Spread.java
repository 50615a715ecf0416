package io.bilitw.bench.matrix;

import java.util.Arrays;

/** Some figures of one kind: the least, the middle one and the greatest. */
record Spread(double least, double median, double greatest) {

    /** Returns the spread of at least one figure; of an even number it takes the lower middle. */
    static Spread of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
    }
}
