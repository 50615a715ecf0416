package io.bilitw.testkit;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Some empty redis servers with a proxy in front of them, started together and stopped together.
 */
public final class ProxiedServers implements Closeable {

    private final List<RedisServer> servers;
    private final ProxyProcess proxy;

    private ProxiedServers(List<RedisServer> servers, ProxyProcess proxy) {
        this.servers = servers;
        this.proxy = proxy;
    }

    /** Starts {@code count} servers and a proxy with default settings. */
    public static ProxiedServers start(int count) {
        return start(count, pool -> pool);
    }

    /** Starts {@code count} servers and a proxy whose pool {@code settings} complete. */
    public static ProxiedServers start(int count, UnaryOperator<PoolFile> settings) {
        var servers = new ArrayList<RedisServer>();
        PoolFile pool = settings.apply(PoolFile.redis());
        for (int i = 0; i < count; i++) {
            RedisServer server = RedisServer.start();
            servers.add(server);
            pool.server(server);
        }
        return new ProxiedServers(List.copyOf(servers), ProxyProcess.start(pool));
    }

    /** The servers, in the order of their names. */
    public List<RedisServer> servers() {
        return servers;
    }

    /** The server at {@code index}, counted from 0. */
    public RedisServer server(int index) {
        return servers.get(index);
    }

    public ProxyProcess proxy() {
        return proxy;
    }

    /** Opens a client connection to the proxy. */
    public RespClient client() {
        return proxy.client();
    }

    /** Empties all servers. */
    public void flush() {
        servers.forEach(server -> server.ask("FLUSHALL"));
    }

    /** Finds out where keys land; empties the servers. */
    public KeysOn keysOn() {
        try (RespClient client = client()) {
            return new KeysOn(client, servers);
        }
    }

    @Override
    public void close() {
        try {
            proxy.close();
        } finally {
            servers.forEach(RedisServer::close);
        }
    }
}
