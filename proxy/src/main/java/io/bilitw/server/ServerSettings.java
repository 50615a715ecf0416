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
 */
public record ServerSettings(
        String poolName, int connections, long timeoutNanos, long slowNanos, boolean isKeptAlive) {

    /** Takes the settings from {@code pool}. */
    public static ServerSettings of(PoolConfig pool) {
        return new ServerSettings(
                pool.name(),
                pool.serverConnections(),
                TimeUnit.MILLISECONDS.toNanos(pool.timeout().toMillis()),
                slowNanos(pool.slowReqDuration().toMillis()),
                pool.tcpkeepalive());
    }

    /** As in the line that names it, whole milliseconds are what counts. */
    private static long slowNanos(long millis) {
        return millis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis + 1) - 1;
    }
}
