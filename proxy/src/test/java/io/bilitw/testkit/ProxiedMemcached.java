package io.bilitw.testkit;

import java.util.function.UnaryOperator;

/** Some empty memcached servers with a proxy in front of them. */
public final class ProxiedMemcached extends ProxiedPool<MemcachedServer, MemcacheClient> {

    private ProxiedMemcached(int count, UnaryOperator<PoolFile> settings) {
        super(settings.apply(PoolFile.memcache()), count, MemcachedServer::start);
    }

    /** Starts {@code count} servers and a proxy with default settings. */
    public static ProxiedMemcached start(int count) {
        return start(count, pool -> pool);
    }

    /** Starts {@code count} servers and a proxy whose pool {@code settings} complete. */
    public static ProxiedMemcached start(int count, UnaryOperator<PoolFile> settings) {
        return new ProxiedMemcached(count, settings);
    }

    @Override
    public MemcacheClient client() {
        return proxy().memcacheClient();
    }
}
