package io.bilitw.config;

import io.bilitw.distribution.DistributionType;
import io.bilitw.hash.HashType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pool of the file, checked and with its defaults filled in.
 *
 * <p>A component with a {@link Key} is a key of the file: its name is the key in camel case, so
 * {@code serverRetryTimeout} is {@code server_retry_timeout}.
 *
 * @param name the pool's name, which is the key its block stands under
 */
public record PoolConfig(
        String name,
        @Key(
                        required = true,
                        doc =
                                """
                                Where clients connect: `host:port`, or `/path` with an optional
                                octal permission for a unix socket. The host may be a name, an
                                IPv4 or an IPv6 address (`::1:22121` or `"[::1]:22121"`);
                                `0.0.0.0` listens everywhere.
                                """)
                Address listen,
        @Key(byDefault = "fnv1a_64", doc = "Hash of the key.") HashType hash,
        @Key(
                        absent = "none: the whole key is hashed",
                        doc =
                                """
                                Two bytes, for example `"{}"`: if a key holds both with
                                something between them, only that part is hashed, so that
                                related keys can share a server.
                                """)
                @Nullable HashTag hashTag,
        @Key(byDefault = "ketama", doc = "How a hash chooses a server.")
                DistributionType distribution,
        @Key(
                        byDefault = "0",
                        unit = "ms",
                        doc =
                                """
                                Time to wait for a connection to a server, and for the response
                                to a request. 0 waits for ever.
                                """)
                Duration timeout,
        @Key(
                        byDefault = "65535",
                        doc =
                                """
                                Clients that may wait to be accepted; the kernel caps it at
                                `net.core.somaxconn`.
                                """)
                int backlog,
        @Key(
                        byDefault = "0",
                        doc =
                                """
                                Clients that may be connected at one time, to all workers
                                together; more are told so and closed. 0 does not limit them.
                                twemproxy reads this key and ignores it.
                                """)
                int clientConnections,
        @Key(
                        byDefault = "0",
                        unit = "ms",
                        doc =
                                """
                                A client that has asked nothing for so long, and waits for
                                nothing, is disconnected. 0 lets idle clients stay.
                                """)
                Duration clientIdleTimeout,
        @Key(
                        byDefault = "false",
                        doc = "`true` for a pool of redis servers, `false` for memcached.")
                boolean redis,
        @Key(
                        byDefault = "false",
                        doc = "Turns TCP keep-alive on, towards clients and towards servers.")
                boolean tcpkeepalive,
        @Key(
                        byDefault = "false",
                        doc = "Lets several processes listen on one port (`SO_REUSEPORT`).")
                boolean reuseport,
        @Key(
                        absent = "none",
                        doc =
                                """
                                Password of a redis pool: clients must give it, and the pool
                                gives it to its servers.
                                """)
                @Nullable String redisAuth,
        @Key(byDefault = "0", doc = "Database of the redis servers that the pool uses.")
                int redisDb,
        @Key(
                        byDefault = "false",
                        doc =
                                """
                                `true` sends memcached's `flush_all` to all servers; without it
                                the proxy refuses `flush_all`. No effect in a redis pool.
                                """)
                boolean allowFlush,
        @Key(
                        byDefault = "false",
                        doc =
                                """
                                Opens a connection to every server at start instead of at the
                                first request.
                                """)
                boolean preconnect,
        @Key(
                        byDefault = "false",
                        doc =
                                """
                                Takes a server out of the pool after `server_failure_limit`
                                failures in a row; its keys go to the others until it is tried
                                again.
                                """)
                boolean autoEjectHosts,
        @Key(
                        byDefault = "off",
                        doc =
                                """
                                `on` lets an ejected server come back only when it answers:
                                each worker asks it every `server_retry_timeout` (`PING`, or
                                memcached's `mn`) on a connection of its own, also while no
                                client asks for anything, and gives it `timeout` to answer
                                (without one, as long as `server_retry_timeout`). With `off`
                                clients' requests find out, as in twemproxy. No effect where no
                                server is ejected.
                                """)
                Switch serverProbe,
        @Key(byDefault = "1", min = 1, doc = "Connections to each server, in each worker.")
                int serverConnections,
        @Key(
                        byDefault = "30000",
                        unit = "ms",
                        doc =
                                """
                                Time an ejected server stays out; with `server_probe`, until it
                                is asked for the first time, and between two times.
                                """)
                Duration serverRetryTimeout,
        @Key(byDefault = "2", min = 1, doc = "Failures in a row that eject a server.")
                int serverFailureLimit,
        @Key(
                        byDefault = "error",
                        doc =
                                """
                                What a client gets for a request whose server has failed.
                                `error`: the protocol's error, as twemproxy. `miss`: a plain
                                read (memcached `get`, `gets`, `gat`, `gats`, `mg`; redis `GET`,
                                `MGET` and the like) is answered as if the server did not have
                                the key, all else gets the error; `auto_eject_hosts: true` may
                                stand beside it. `rehash`: the error, and the server is ejected
                                as with `auto_eject_hosts: true`, so its keys go to the others.
                                """)
                OnFailure onFailure,
        @Key(
                        absent = "the value of `global:`",
                        unit = "ms",
                        doc = "Requests that take longer are logged. 0 logs none.")
                Duration slowReqDuration,
        @Key(
                        required = true,
                        doc =
                                """
                                The servers, one item each: `host:port:weight` or
                                `/path:weight`, then optionally a blank and a name. Keys are
                                placed by the name, or without one by `host:port` (`host` alone
                                at port 11211), never by the order of the list.
                                """)
                List<ServerConfig> servers) {

    /**
     * Sorts the servers by name: a server's place in that order is its index, whatever the order of
     * the file.
     */
    public PoolConfig {
        servers =
                servers.stream()
                        .sorted(Comparator.comparing(ServerConfig::name, NameOrder.SHORTER_FIRST))
                        .toList();
    }

    /** Tells whether a failing server is ejected, for which there are two ways to ask. */
    public boolean ejectsServers() {
        return autoEjectHosts || onFailure == OnFailure.REHASH;
    }

    /** Tells whether an ejected server comes back by its answer to a probe, and not by time. */
    public boolean probesServers() {
        return serverProbe == Switch.ON && ejectsServers();
    }

    /** Names the pool and nothing else: the components hold a password. */
    @Override
    public String toString() {
        return "pool '" + name + "'";
    }
}
