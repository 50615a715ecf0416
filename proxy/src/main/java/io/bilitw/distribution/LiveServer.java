package io.bilitw.distribution;

/**
 * One server that takes its share of the keys.
 *
 * @param index position of the server among all of its pool, live or not, sorted by name
 * @param name what ketama hashes: the configured name, or the one derived from the address
 * @param weight share of the keys relative to the other servers, at least 1
 */
public record LiveServer(int index, String name, int weight) {

    /** Checks the ranges. */
    public LiveServer {
        if (index < 0) {
            throw new IllegalArgumentException("index: " + index + " (expected: >= 0)");
        }
        if (weight < 1) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: >= 1)");
        }
    }
}
