package io.bilitw.terminal;

import java.util.Arrays;

/**
 * The numbers that the stats port gives about one thing: the instance, a worker, a pool, a server.
 */
@SuppressWarnings("EnumOrdinal") // an index into numbers in the order of the rows
public final class Figures {

    /** Stands for a number that is not given, as by a twemproxy that does not count it. */
    static final long MISSING = -1;

    /** Of a thing that has done nothing yet. */
    static final Figures ZERO = new Figures(0);

    private final long[] values = new long[Figure.values().length];

    private Figures(long value) {
        Arrays.fill(values, value);
    }

    /** Makes figures of which none is given. */
    static Figures none() {
        return new Figures(MISSING);
    }

    void set(Figure figure, long value) {
        values[figure.ordinal()] = value;
    }

    /** The number, or {@link #MISSING}. */
    long get(Figure figure) {
        return values[figure.ordinal()];
    }

    /** All of these together, or {@link #MISSING} if one is. */
    long sum(Figure... figures) {
        long sum = 0;
        for (Figure figure : figures) {
            if (get(figure) == MISSING) {
                return MISSING;
            }
            sum += get(figure);
        }
        return sum;
    }
}
