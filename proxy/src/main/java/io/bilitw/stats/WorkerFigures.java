package io.bilitw.stats;

import io.bilitw.config.Config;
import io.bilitw.config.PoolConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What one worker counts.
 *
 * @param counters the figures of the table
 * @param turns how long the event loop took from the first bytes of a turn to its last write
 * @param pools the same about its pools, in the order of the configuration
 */
public record WorkerFigures(
        Counters<WorkerMetric> counters, Histogram turns, List<PoolFigures> pools) {

    private static final int OWN_WORDS = WorkerMetric.values().length + Histogram.WORDS;

    /** Makes figures for {@code config} that only this process sees. */
    public WorkerFigures(Config config) {
        this(config, Words.inProcess(words(config)));
    }

    WorkerFigures(Config config, Words words) {
        this(
                new Counters<>(WorkerMetric.class, words),
                new Histogram(words.slice(WorkerMetric.values().length, Histogram.WORDS)),
                poolFigures(config, words));
    }

    static int words(Config config) {
        int words = OWN_WORDS;
        for (PoolConfig pool : config.pools()) {
            words += PoolFigures.words(pool.servers().size());
        }
        return words;
    }

    private static List<PoolFigures> poolFigures(Config config, Words words) {
        List<PoolFigures> figures = new ArrayList<>();
        int from = OWN_WORDS;
        for (PoolConfig pool : config.pools()) {
            int servers = pool.servers().size();
            int count = PoolFigures.words(servers);
            figures.add(new PoolFigures(words.slice(from, count), servers));
            from += count;
        }
        return List.copyOf(figures);
    }
}
