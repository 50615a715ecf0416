package io.bilitw.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * What one worker counts about one pool.
 *
 * @param counters the figures of the table
 * @param latencies from a request's arrival to its response's being ready to leave
 * @param servers the same about its servers, in their order
 */
public record PoolFigures(
        Counters<PoolMetric> counters, Histogram latencies, List<ServerFigures> servers) {

    private static final int OWN_WORDS = PoolMetric.values().length + Histogram.WORDS;

    /** Makes figures for a pool of {@code servers} servers that only this process sees. */
    public PoolFigures(int servers) {
        this(Words.inProcess(words(servers)), servers);
    }

    PoolFigures(Words words, int servers) {
        this(
                new Counters<>(PoolMetric.class, words),
                new Histogram(words.slice(PoolMetric.values().length, Histogram.WORDS)),
                serverFigures(words, servers));
    }

    static int words(int servers) {
        return OWN_WORDS + servers * ServerFigures.WORDS;
    }

    private static List<ServerFigures> serverFigures(Words words, int servers) {
        List<ServerFigures> figures = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            int from = OWN_WORDS + i * ServerFigures.WORDS;
            figures.add(new ServerFigures(words.slice(from, ServerFigures.WORDS)));
        }
        return List.copyOf(figures);
    }
}
