package io.bilitw.terminal;

import java.util.List;

/**
 * What the stats port has said at one moment.
 *
 * @param nanos when, by {@link System#nanoTime}
 * @param service {@code bilitw}, or {@code nutcracker} for twemproxy
 * @param source the name of its machine
 * @param version its version
 * @param figures those of the instance
 * @param workers its workers; none if it does not tell of them
 * @param pools its pools, in the order in which it gives them
 */
public record Sample(
        long nanos,
        String service,
        String source,
        String version,
        Figures figures,
        List<Worker> workers,
        List<Pool> pools) {

    /** One worker process. */
    public record Worker(String state, Figures figures) {}

    /** One pool. */
    public record Pool(String name, Figures figures, List<Server> servers) {}

    /** One server of a pool. */
    public record Server(String name, Figures figures) {}
}
