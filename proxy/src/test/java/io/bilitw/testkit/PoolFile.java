package io.bilitw.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a configuration with one pool, put together key by key.
 *
 * <p>The servers are named {@code server1}, {@code server2} and so on unless a test names them
 * itself, so a key's place depends on how many there are and not on the ports that happened to be
 * free.
 */
public final class PoolFile {

    private String name = "alpha";
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<String> servers = new ArrayList<>();

    private PoolFile() {}

    /** A redis pool with the settings of {@link #memcache()}. */
    public static PoolFile redis() {
        return memcache().set("redis", "true");
    }

    /**
     * A memcached pool that listens on a free port of 127.0.0.1 and places keys by ketama over
     * fnv1a_64, tag {@code {}}.
     */
    public static PoolFile memcache() {
        return new PoolFile()
                .set("listen", "127.0.0.1:" + FreePorts.next())
                .set("hash", "fnv1a_64")
                .set("distribution", "ketama")
                .set("hash_tag", "\"{}\"");
    }

    /** Names the pool something else than {@code alpha}. */
    public PoolFile named(String newName) {
        name = newName;
        return this;
    }

    /** Sets one key of the pool; the value stands as it is. */
    public PoolFile set(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** Sets one numeric key of the pool. */
    public PoolFile set(String key, int value) {
        return set(key, Integer.toString(value));
    }

    /** Adds a server by its address with weight 1, under the next name. */
    public PoolFile server(String address) {
        return server(address, "server" + (servers.size() + 1));
    }

    /** Adds a server under a name of its own. */
    public PoolFile server(String address, String name) {
        return server(address, 1, name);
    }

    /** Adds a server with a weight, under a name of its own. */
    public PoolFile server(String address, int weight, String name) {
        servers.add(address + ":" + weight + " " + name);
        return this;
    }

    /** Adds a server. */
    public PoolFile server(CacheServer<?> server) {
        return server(server.address());
    }

    /** The value of a key that is set. */
    public String value(String key) {
        String value = keys.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " is not set");
        }
        return value;
    }

    /** The file. */
    public String yaml() {
        var yaml = new StringBuilder(name).append(":\n");
        keys.forEach((key, value) ->
                yaml.append("  ").append(key).append(": ").append(value).append('\n'));
        yaml.append("  servers:\n");
        servers.forEach(server -> yaml.append("   - ").append(server).append('\n'));
        return yaml.toString();
    }
}
