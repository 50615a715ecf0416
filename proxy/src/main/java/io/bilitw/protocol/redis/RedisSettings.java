package io.bilitw.protocol.redis;

import io.bilitw.stats.SlowLog;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's configuration says about its redis servers.
 *
 * @param poolName the pool's name, for texts
 * @param password {@code redis_auth}, asked of clients and shown to servers; null if the pool has
 *     none
 * @param database {@code redis_db}, selected on every server connection when above 0
 * @param version bilitw's own version, for texts
 * @param slowLog the slow requests of all pools, for SLOWLOG
 */
public record RedisSettings(
        String poolName, @Nullable String password, int database, String version, SlowLog slowLog) {

    @Override
    public String toString() {
        return "RedisSettings[" + poolName + ", database " + database + "]"; // never the password
    }
}
