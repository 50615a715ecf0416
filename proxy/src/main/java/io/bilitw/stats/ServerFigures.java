package io.bilitw.stats;

/**
 * What one worker counts about one server.
 *
 * @param counters the figures of the table
 * @param latencies from a request's being queued for the server to its response
 */
public record ServerFigures(Counters<ServerMetric> counters, Histogram latencies) {

    static final int WORDS = ServerMetric.values().length + Histogram.WORDS;

    /** Makes figures that only this process sees. */
    public ServerFigures() {
        this(Words.inProcess(WORDS));
    }

    ServerFigures(Words words) {
        this(
                new Counters<>(ServerMetric.class, words),
                new Histogram(words.slice(ServerMetric.values().length, Histogram.WORDS)));
    }
}
