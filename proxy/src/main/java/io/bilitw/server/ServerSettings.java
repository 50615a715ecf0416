package io.bilitw.server;

import io.bilitw.config.PoolConfig;
import java.util.concurrent.TimeUnit;

/**
 * What a pool's configuration says about the connections to its servers.
 *
 * @param poolName the pool's name, for the log
 * @param connections most connections to one server
 * @param timeoutNanos how long a request may be outstanding; 0 for ever
 * @param slowNanos a request that takes longer, from its arrival on, is slow
 * @param isKeptAlive whether the kernel probes idle connections
 * @param freeFailures how many failures in a row cost no time before the next connection
 * @param probeNanos how often an ejected server is asked whether it can serve; 0 if it is not
 */
public record ServerSettings(
        String poolName,
        int connections,
        long timeoutNanos,
        long slowNanos,
        boolean isKeptAlive,
        int freeFailures,
        long probeNanos) {

    /** A server that is restarted fails that often at least. */
    static final int FREE_FAILURES = 3;

    private static final long MIN_PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Takes the settings from {@code pool}. */
    public static ServerSettings of(PoolConfig pool) {
        return new ServerSettings(
                pool.name(),
                pool.serverConnections(),
                TimeUnit.MILLISECONDS.toNanos(pool.timeout().toMillis()),
                slowNanos(pool.slowReqDuration().toMillis()),
                pool.tcpkeepalive(),
                pool.ejectsServers() ? pool.serverFailureLimit() : FREE_FAILURES,
                pool.probesServers() ? probeNanos(pool.serverRetryTimeout().toMillis()) : 0);
    }

    private static long probeNanos(long millis) {
        return Math.max(TimeUnit.MILLISECONDS.toNanos(millis), MIN_PROBE_NANOS);
    }

    /** The same for the connection of a probe: without a timeout it has the time between two. */
    ServerSettings ofProbe() {
        return new ServerSettings(
                poolName,
                1,
                timeoutNanos > 0 ? timeoutNanos : probeNanos,
                Long.MAX_VALUE,
                isKeptAlive,
                Integer.MAX_VALUE,
                0);
    }

    /** As in the line that names it, whole milliseconds are what counts. */
    private static long slowNanos(long millis) {
        return millis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis + 1) - 1;
    }
}
