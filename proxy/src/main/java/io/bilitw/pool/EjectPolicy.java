package io.bilitw.pool;

import io.bilitw.config.PoolConfig;
import java.util.concurrent.TimeUnit;

/**
 * Which servers are out, and until when (twemproxy nc_server.c:server_failure, server_pool_update).
 * A server that fails {@code server_failure_limit} times in a row is ejected for {@code
 * server_retry_timeout}; the first request after that time brings it back, and finds out whether it
 * lives. In a pool that probes its servers, it stays out until it has answered. Event-loop
 * confined.
 */
final class EjectPolicy {

    private final boolean isOn;
    private final boolean isOverByTime;
    private final int failureLimit;
    private final long retryNanos;
    private final boolean[] ejected;
    private final long[] returnNanos;
    private int ejectedCount;
    private long nextReturnNanos;

    EjectPolicy(PoolConfig pool) {
        isOn = pool.ejectsServers();
        isOverByTime = !pool.probesServers();
        failureLimit = pool.serverFailureLimit();
        retryNanos = TimeUnit.MILLISECONDS.toNanos(pool.serverRetryTimeout().toMillis());
        ejected = new boolean[pool.servers().size()];
        returnNanos = new long[ejected.length];
    }

    /** Tells whether a server with that many failures in a row is to be ejected. */
    boolean isTooMany(int failuresInRow) {
        return isOn && failuresInRow >= failureLimit;
    }

    /** Ejects the server at {@code index}. */
    void eject(int index, long nowNanos) {
        if (!ejected[index]) {
            ejected[index] = true;
            ejectedCount++;
        }
        returnNanos[index] = nowNanos + retryNanos;
        findNextReturn();
    }

    /** Tells whether an ejected server's time is over, if it comes back by time. */
    boolean isReturnDue(long nowNanos) {
        return isOverByTime && ejectedCount > 0 && nowNanos - nextReturnNanos >= 0;
    }

    /** Takes back every server whose time is over; returns how many. */
    int takeBack(long nowNanos) {
        int before = ejectedCount;
        for (int index = 0; index < ejected.length; index++) {
            if (ejected[index] && nowNanos - returnNanos[index] >= 0) {
                ejected[index] = false;
                ejectedCount--;
            }
        }
        findNextReturn();
        return before - ejectedCount;
    }

    /** Takes back the server at {@code index}; tells whether it was out. */
    boolean takeBackOne(int index) {
        if (!ejected[index]) {
            return false;
        }
        ejected[index] = false;
        ejectedCount--;
        findNextReturn();
        return true;
    }

    /** Which servers are out, by index; only lent. */
    boolean[] ejected() {
        return ejected;
    }

    private void findNextReturn() {
        boolean isFirst = true;
        for (int index = 0; index < ejected.length; index++) {
            if (ejected[index] && (isFirst || returnNanos[index] - nextReturnNanos < 0)) {
                nextReturnNanos = returnNanos[index];
                isFirst = false;
            }
        }
    }
}
