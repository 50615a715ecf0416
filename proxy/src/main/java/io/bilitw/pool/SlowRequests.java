package io.bilitw.pool;

import io.bilitw.config.PoolConfig;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestSummary;
import io.bilitw.server.Server;
import io.bilitw.stats.Counters;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.SlowLog;
import io.bilitw.stats.SlowRequest;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a pool's requests that take longer than {@code slow_req_duration}: each is
 * counted and kept in the {@link SlowLog}, and as many as that allows get a line in the log.
 * Event-loop confined.
 */
final class SlowRequests {

    /** Its lines appear at every level. */
    private static final Logger log = LoggerFactory.getLogger("slowlog");

    private final String poolName;
    private final boolean areWanted;
    private final SlowLog slowLog;
    private final Counters<PoolMetric> counters;

    SlowRequests(PoolConfig config, SlowLog slowLog, Counters<PoolMetric> counters) {
        poolName = config.name();
        areWanted = config.slowReqDuration().isPositive();
        this.slowLog = slowLog;
        this.counters = counters;
    }

    /**
     * Notes what the request is that {@code client} has just completed, if it might be asked for;
     * {@code key} is the number of its first key, or {@link Request#NO_KEY}.
     */
    void note(Request request, Dialogue client, int key) {
        if (areWanted) {
            request.summarize(client, key, SlowLog.MAX_KEY_BYTES);
        }
    }

    void onSlowRequest(Server server, Request request, long nanos, String failure) {
        counters.add(PoolMetric.SLOW_REQUESTS, 1);
        long nowMillis = System.currentTimeMillis();
        RequestSummary summary = request.summary();
        SlowRequest slow =
                new SlowRequest(
                        slowLog.nextId(),
                        nowMillis,
                        TimeUnit.NANOSECONDS.toMicros(nanos),
                        summary.type(),
                        summary.key(),
                        summary.keyBytes(),
                        summary.client(),
                        server.config().pname(),
                        poolName,
                        failure);
        slowLog.put(slow);
        if (slowLog.mayWriteLine(TimeUnit.MILLISECONDS.toSeconds(nowMillis))) {
            log.warn("{}", slow);
        }
    }
}
