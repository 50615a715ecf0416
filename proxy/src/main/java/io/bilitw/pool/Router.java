package io.bilitw.pool;

import io.bilitw.config.PoolConfig;
import io.bilitw.config.ServerConfig;
import io.bilitw.distribution.Distribution;
import io.bilitw.distribution.DistributionType;
import io.bilitw.distribution.LiveServer;
import io.bilitw.hash.KeyHash;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server of a key. Event-loop confined.
 *
 * <p>A pool of one server never hashes. An empty part of a key hashes to 0 whatever the hash is
 * (twemproxy nc_server.c:server_pool_hash).
 */
final class Router {

    /** No server is live. */
    static final int NOBODY = -1;

    private final List<ServerConfig> servers;
    private final DistributionType type;
    private final KeyHash hash;
    private final KeyRange range;

    /** The spread over the live servers; null when there is none or only one server at all. */
    private @Nullable Distribution distribution;

    private int onlyServer = NOBODY;

    Router(PoolConfig pool) {
        servers = pool.servers();
        type = pool.distribution();
        hash = pool.hash().newHash();
        range = new KeyRange(pool.hashTag());
        spreadOver(new boolean[servers.size()]);
    }

    /** Spreads the keys over the servers that are not {@code ejected}. */
    void spreadOver(boolean[] ejected) {
        List<LiveServer> live = new ArrayList<>();
        for (int index = 0; index < ejected.length; index++) {
            if (!ejected[index]) {
                ServerConfig server = servers.get(index);
                live.add(new LiveServer(index, server.name(), server.weight()));
            }
        }
        onlyServer = servers.size() == 1 && !live.isEmpty() ? 0 : NOBODY;
        distribution = servers.size() == 1 || live.isEmpty() ? null : type.build(live);
    }

    /**
     * Index of the server that owns the key in {@code [keyFrom, keyTo)} of {@code in}, or {@link
     * #NOBODY}.
     */
    int serverOf(ByteBuf in, int keyFrom, int keyTo) {
        Distribution spread = distribution;
        if (spread == null) {
            return onlyServer;
        }
        return spread.serverIndex(hashOf(in, keyFrom, keyTo));
    }

    /** Tells what {@link #serverOf} says about a key, and why; at least one server is live. */
    Place placeOf(ByteBuf in, int keyFrom, int keyTo) {
        Distribution spread = distribution;
        if (spread == null) {
            return Place.ofOnly(servers.get(onlyServer));
        }
        int keyHash = hashOf(in, keyFrom, keyTo);
        String reason = spread.describe(keyHash);
        return isStable()
                ? new Place(
                        servers.get(serverOf(in, keyFrom, keyTo)),
                        range.from() - keyFrom,
                        range.to() - keyFrom,
                        OptionalLong.of(Integer.toUnsignedLong(keyHash)),
                        reason)
                : Place.ofAny(reason);
    }

    private int hashOf(ByteBuf in, int keyFrom, int keyTo) {
        range.find(in, keyFrom, keyTo);
        return range.from() == range.to() ? 0 : hash.hash(in, range.from(), range.to());
    }

    /** Tells whether one key always has the same server. */
    boolean isStable() {
        return type != DistributionType.RANDOM || distribution == null;
    }
}
