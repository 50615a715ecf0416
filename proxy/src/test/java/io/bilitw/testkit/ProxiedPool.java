package io.bilitw.testkit;

import java.io.Closeable;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Some empty servers with a proxy in front of them, started together and stopped together.
 *
 * @param <S> the kind of server
 * @param <C> the client that speaks its protocol
 */
public abstract sealed class ProxiedPool<S extends CacheServer<C>, C extends CacheClient<?>>
        implements Closeable permits ProxiedServers, ProxiedMemcached {

    private final List<S> servers;
    private final ProxyProcess proxy;

    /** Starts {@code count} servers, and a proxy with them in its {@code pool}. */
    ProxiedPool(PoolFile pool, int count, Supplier<S> start) {
        servers = Stream.generate(start).limit(count).toList();
        servers.forEach(pool::server);
        proxy = ProxyProcess.start(pool);
    }

    /** The servers, in the order of their names. */
    public final List<S> servers() {
        return servers;
    }

    /** The server at {@code index}, counted from 0. */
    public final S server(int index) {
        return servers.get(index);
    }

    /** The proxy in front of them. */
    public final ProxyProcess proxy() {
        return proxy;
    }

    /** Opens a client connection to the proxy. */
    public abstract C client();

    /** Empties all servers. */
    public final void flush() {
        servers.forEach(CacheServer::flush);
    }

    /** Finds out where keys land; empties the servers. */
    public final KeysOn keysOn() {
        try (C client = client()) {
            return new KeysOn(client, servers);
        }
    }

    @Override
    public final void close() {
        try {
            proxy.close();
        } finally {
            servers.forEach(CacheServer::close);
        }
    }
}
