package io.bilitw.stats;

import java.util.Locale;
import java.util.function.ToLongFunction;

/** What is told of a set of times as single figures, all but the count in microseconds. */
public enum TimeFigure {
    P50_US("0.5", "half took no longer", times -> times.percentileMicros(0.5)),
    P90_US("0.9", "nine of ten took no longer", times -> times.percentileMicros(0.9)),
    P99_US("0.99", "99 of a hundred took no longer", times -> times.percentileMicros(0.99)),
    P999_US("0.999", "999 of a thousand took no longer", times -> times.percentileMicros(0.999)),
    MAX_US("1", "the longest", Latencies::greatestMicros),
    COUNT("", "how many there were", Latencies::count),
    SUM_US("", "all together", Latencies::sumMicros);

    private final String share;
    private final String description;
    private final ToLongFunction<Latencies> value;

    TimeFigure(String share, String description, ToLongFunction<Latencies> value) {
        this.share = share;
        this.description = description;
        this.value = value;
    }

    /** The name of the figure of times called {@code what}. */
    public String label(String what) {
        return what + '_' + name().toLowerCase(Locale.ROOT);
    }

    /**
     * The share of all times that did not exceed it, or nothing if it says nothing of that kind.
     */
    String share() {
        return share;
    }

    /** What it means, in one phrase. */
    public String description() {
        return description;
    }

    /** The figure of {@code times}. */
    public long of(Latencies times) {
        return value.applyAsLong(times);
    }
}
