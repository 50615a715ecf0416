package io.bilitw.config;

import io.bilitw.distribution.DistributionType;
import io.bilitw.hash.HashType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one pool: its keys, and what must hold between them. */
final class PoolReader {

    private static final String EXPECTED = "a key of a pool";

    private final PoolBlock block;
    private final Problems problems;
    private final Duplicates keys;
    private final Map<String, Object> values = new HashMap<>(); // by record component

    PoolReader(PoolBlock block, Problems problems) {
        this.block = block;
        this.problems = problems;
        this.keys = new Duplicates("each key once in a pool", problems);
    }

    /**
     * Reads the pool into its values by record component; they make a pool only if {@code problems}
     * have no faults.
     */
    Map<String, Object> read(GlobalConfig global, Duplicates addresses, NameService names) {
        values.put("name", block.name());
        for (Yaml.Entry entry : block.entries()) {
            readKey(entry);
            if (entry.key().value().equals("listen")) {
                checkListen(entry.value(), addresses, names);
            }
        }
        values.putIfAbsent("slowReqDuration", global.slowReqDuration());
        if (block.whole()) {
            checkRequired();
        }
        checkAuthentication();
        warn();
        return values;
    }

    private void readKey(Yaml.Entry entry) {
        String name = entry.key().value();
        keys.check(name, entry.key().position(), "key '" + name + "'");
        ConfigKey key = KeyTable.POOL.find(name);
        if (key == null) {
            if (!GlobalReader.isMisplaced(name)) {
                problems.fault(entry.key().position(), KeyTable.POOL.unknown(name, EXPECTED));
            }
            return;
        }
        Object value =
                key.type() == ValueType.SERVERS
                        ? servers(key, entry.value())
                        : key.read(entry.value(), problems);
        if (value != null) {
            values.put(key.component(), value);
        }
    }

    /**
     * Reads a list of servers; as the C program bilitw, also a single one that is not in a list.
     */
    private List<ServerConfig> servers(ConfigKey key, Yaml value) {
        List<Yaml> items =
                value instanceof Yaml.Items(List<Yaml> listed, _) ? listed : List.of(value);
        List<ServerConfig> servers = new ArrayList<>();
        Duplicates names = new Duplicates("each server name once in a pool", problems);
        for (Yaml item : items) {
            if (key.read(item, problems) instanceof ServerConfig server) {
                names.check(
                        server.name(), item.position(), "servers: name '" + server.name() + "'");
                servers.add(server);
            }
        }
        return servers;
    }

    /**
     * Checks that the address is free and its host known.
     *
     * <p>As in twemproxy, addresses are compared as written; but a socket file is one whatever
     * permission stands behind it, since the second pool would take the file from the first.
     */
    private void checkListen(Yaml written, Duplicates addresses, NameService names) {
        if (!(written instanceof Yaml.Text(String text, Position position))) {
            return;
        }
        switch (values.get("listen")) {
            case TcpAddress(String host, _) -> {
                addresses.check(text, position, "listen: '" + text + "'");
                if (!names.hasHost(host)) {
                    new Spot("listen", position, problems)
                            .reject("host '" + host + "' is unknown", "a host name or address");
                }
            }
            case UnixAddress(String path, _) ->
                    addresses.check(path, position, "listen: '" + path + "'");
            case null, default -> {}
        }
    }

    private void checkRequired() {
        for (ConfigKey key : KeyTable.POOL.keys()) {
            if (key.key().required() && keys.first(key.name()) == null) {
                problems.fault(
                        block.title().position(),
                        "pool '"
                                + block.name()
                                + "' has no key '"
                                + key.name()
                                + "' (expected: "
                                + (key.type() == ValueType.SERVERS
                                        ? "at least one server"
                                        : "an address to listen on")
                                + ")");
            }
        }
    }

    private void checkAuthentication() {
        Position position = keys.first("redis_auth");
        boolean memcached =
                keys.first("redis") == null || Boolean.FALSE.equals(values.get("redis"));
        if (position != null && memcached) {
            problems.fault(
                    position,
                    "redis_auth: the pool speaks memcached (expected: redis: true beside it)");
        }
    }

    private void warn() {
        Position hash = keys.first("hash");
        DistributionType fallback = DistributionType.KETAMA;
        if (hash != null
                && values.get("hash") == HashType.CRC32
                && values.getOrDefault("distribution", fallback) == DistributionType.KETAMA) {
            problems.warning(
                    hash,
                    "hash: crc32 has 15 bits only, so ketama sends every key to one server; use"
                            + " crc32a");
        }
        Position limit = keys.first("client_connections");
        if (limit != null
                && values.get("clientConnections") instanceof Integer clients
                && clients > 0) {
            problems.warning(
                    limit,
                    "client_connections: more than "
                            + clients
                            + " clients are refused; twemproxy ignored this key");
        }
        Position probe = keys.first("server_probe");
        if (probe != null
                && values.get("serverProbe") == Switch.ON
                && !Boolean.TRUE.equals(values.get("autoEjectHosts"))
                && values.get("onFailure") != OnFailure.REHASH) {
            problems.warning(
                    probe,
                    "server_probe: only ejected servers are probed, and without auto_eject_hosts:"
                            + " true none is ejected; this key has no effect");
        }
        Position flush = keys.first("allow_flush");
        if (flush != null
                && Boolean.TRUE.equals(values.get("allowFlush"))
                && Boolean.TRUE.equals(values.get("redis"))) {
            problems.warning(
                    flush,
                    "allow_flush: flush_all is a command of memcached; in a redis pool this key has"
                            + " no effect");
        }
    }
}
