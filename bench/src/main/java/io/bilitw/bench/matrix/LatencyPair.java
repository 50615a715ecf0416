package io.bilitw.bench.matrix;

/**
 * A latency of both proxies at the same load, in nanoseconds: what so many of a hundred requests
 * did not exceed in a round.
 */
record LatencyPair(Spread ours, Spread theirs) {

    /**
     * Says whether ours is above theirs. The median of a few rounds can be above by chance, so that
     * it is level with theirs as long as one round of theirs was as slow.
     */
    String verdict() {
        return ours.median() <= theirs.median()
                ? "yes"
                : ours.median() <= theirs.greatest() ? "level" : "ABOVE";
    }
}
