package io.bilitw.terminal;

import org.jspecify.annotations.Nullable;

/**
 * What has become more between two looks at the same thing, never less: a counter that is smaller
 * than before has begun again.
 *
 * @param before the figures then
 * @param now the figures now
 * @param seconds the time between
 */
record Rates(Figures before, Figures now, double seconds) {

    /**
     * Compares.
     *
     * @param before the figures then, or null if the thing was not there
     */
    static Rates between(@Nullable Figures before, Figures now, double seconds) {
        return new Rates(before == null ? Figures.ZERO : before, now, seconds);
    }

    /**
     * How much the counters have grown together, or {@link Figures#MISSING} if one is not given.
     */
    long growth(Figure... counters) {
        long growth = 0;
        for (Figure counter : counters) {
            long value = now.get(counter);
            if (value == Figures.MISSING) {
                return Figures.MISSING;
            }
            long old = Math.max(0, before.get(counter));
            growth += value < old ? value : value - old;
        }
        return growth;
    }

    /** How much the counters have grown in a second, or {@link Figures#MISSING}. */
    double perSecond(Figure... counters) {
        long growth = growth(counters);
        return growth == Figures.MISSING ? growth : growth / seconds;
    }

    /** How long the requests took on average, or {@link Figures#MISSING} if there were none. */
    double meanMicros() {
        long count = growth(Figure.LATENCY_COUNT);
        long micros = growth(Figure.LATENCY_SUM_US);
        return count <= 0 || micros < 0 ? Figures.MISSING : (double) micros / count;
    }
}
