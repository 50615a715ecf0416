package io.bilitw.pool;

import io.bilitw.config.PoolConfig;
import io.bilitw.protocol.Request;
import io.bilitw.server.Server;
import io.bilitw.server.ServerListener;
import io.bilitw.stats.Counters;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.ServerMetric;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears how a pool's servers do, and takes those out of it that fail too often, if the pool wants
 * that. Event-loop confined.
 */
final class ServerWatch implements ServerListener {

    private static final Logger log = LoggerFactory.getLogger("pool");

    private final PoolConfig config;
    private final List<Server> servers;
    private final Router router;
    private final EjectPolicy ejectPolicy;
    private final Counters<PoolMetric> counters;
    private final SlowRequests slowRequests;

    /** Watches {@code servers}, all that {@code config} names, and tells {@code router} of them. */
    ServerWatch(
            PoolConfig config,
            List<Server> servers,
            Router router,
            Counters<PoolMetric> counters,
            SlowRequests slowRequests) {
        this.config = config;
        this.servers = servers;
        this.router = router;
        this.counters = counters;
        this.slowRequests = slowRequests;
        ejectPolicy = new EjectPolicy(config);
    }

    /** Tells whether the last thing that was heard of a server is a failure. */
    boolean isFailing(int index) {
        return servers.get(index).failuresInRow() > 0 || ejectPolicy.ejected()[index];
    }

    /** Takes back the servers whose time out of the pool is over. */
    void takeBackServers(long nowNanos) {
        if (ejectPolicy.isReturnDue(nowNanos)) {
            areBack(ejectPolicy.takeBack(nowNanos));
        }
    }

    private void areBack(int count) {
        log.warn("update pool '{}' to add {} servers", config.name(), count);
        countEjected();
        router.spreadOver(ejectPolicy.ejected());
    }

    private void countEjected() {
        for (Server server : servers) {
            server.counters()
                    .set(ServerMetric.EJECTED, ejectPolicy.ejected()[server.index()] ? 1 : 0);
        }
    }

    @Override
    public void onServerFailure(Server server) {
        if (!ejectPolicy.isTooMany(server.failuresInRow())) {
            return;
        }
        server.forgetFailures();
        server.counters()
                .set(
                        ServerMetric.SERVER_EJECTED_AT,
                        TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
        counters.add(PoolMetric.SERVER_EJECTS, 1);
        ejectPolicy.eject(server.index(), System.nanoTime());
        countEjected();
        log.warn(
                "update pool '{}' to delete server '{}' for next {} ms",
                config.name(),
                server,
                config.serverRetryTimeout().toMillis());
        router.spreadOver(ejectPolicy.ejected());
        if (config.probesServers()) {
            server.probe();
        }
    }

    @Override
    public void onServerRecovery(Server server) {
        server.forgetFailures();
        server.closeIdle();
        if (ejectPolicy.takeBackOne(server.index())) {
            areBack(1);
        }
    }

    @Override
    public void onSlowRequest(Server server, Request request, long nanos, String failure) {
        slowRequests.onSlowRequest(server, request, nanos, failure);
    }
}
