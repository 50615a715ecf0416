package io.bilitw.testkit;

import io.bilitw.VectorFile;
import io.bilitw.config.PoolConfig;
import io.bilitw.config.ServerConfig;
import io.bilitw.distribution.VectorPool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One pool of the placement vectors, played by real servers behind a proxy: where does each key
 * land? The servers have explicit names, for keys are placed by them: the text that is hashed for a
 * server without a name, {@code host:port} or {@code host} alone at port 11211, is given as its
 * name, as no test can listen at the addresses of the vectors.
 */
public final class Placement {

    private static final int ROWS_OF_ALL_POOLS = 4793;

    private final String id;
    private final PoolConfig config;

    private final Predicate<String> isKey;

    /**
     * Takes the pool {@code id} of the vectors, and of its keys those that the protocol can name.
     */
    public Placement(String id, Predicate<String> isKey) {
        this.id = id;
        this.isKey = isKey;
        config = VectorPool.load(id).config();
    }

    /** The name of the server that has each key, as twemproxy placed it. */
    public Map<String, String> expected() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String[] row : VectorFile.rows("distribution_vectors.tsv", ROWS_OF_ALL_POOLS)) {
            if (row[0].equals(id) && isKey.test(row[3])) {
                expected.put(row[3], row[5]);
            }
        }
        return expected;
    }

    /**
     * Stores all keys through a proxy and returns the name of the server on which each was found.
     *
     * @param pool a pool of the protocol that the servers speak
     * @param start starts a server
     */
    public <C extends CacheClient<?>> Map<String, String> found(
            PoolFile pool, Supplier<? extends CacheServer<C>> start) {
        Map<String, CacheServer<C>> servers = new LinkedHashMap<>();
        try {
            pool.set("hash", config.hash().configName());
            pool.set("distribution", config.distribution().configName());
            for (ServerConfig server : config.servers()) {
                CacheServer<C> real = start.get();
                servers.put(server.name(), real);
                pool.server(real.address(), server.weight(), server.name());
            }
            store(pool, servers.values().iterator().next());
            return holders(servers);
        } finally {
            servers.values().forEach(CacheServer::close);
        }
    }

    private void store(PoolFile pool, CacheServer<?> sample) {
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                CacheClient<?> client =
                        sample instanceof MemcachedServer
                                ? proxy.memcacheClient()
                                : proxy.client()) {
            expected().keySet().forEach(client::store);
        }
    }

    private <C extends CacheClient<?>> Map<String, String> holders(
            Map<String, CacheServer<C>> servers) {
        Map<String, String> holders = new LinkedHashMap<>();
        servers.forEach((name, server) -> {
            try (C client = server.client()) {
                for (String key : expected().keySet()) {
                    if (client.holds(key)) {
                        holders.merge(key, name, (one, other) -> one + " and " + other);
                    }
                }
            }
        });
        return holders;
    }
}
