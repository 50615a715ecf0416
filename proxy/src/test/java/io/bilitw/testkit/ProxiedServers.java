package io.bilitw.testkit;

import java.util.function.UnaryOperator;

/** Some empty redis servers with a proxy in front of them. */
public final class ProxiedServers extends ProxiedPool<RedisServer, RespClient> {

    private ProxiedServers(int count, UnaryOperator<PoolFile> settings) {
        super(settings.apply(PoolFile.redis()), count, RedisServer::start);
    }

    /** Starts {@code count} servers and a proxy with default settings. */
    public static ProxiedServers start(int count) {
        return start(count, pool -> pool);
    }

    /** Starts {@code count} servers and a proxy whose pool {@code settings} complete. */
    public static ProxiedServers start(int count, UnaryOperator<PoolFile> settings) {
        return new ProxiedServers(count, settings);
    }

    @Override
    public RespClient client() {
        return proxy().client();
    }
}
