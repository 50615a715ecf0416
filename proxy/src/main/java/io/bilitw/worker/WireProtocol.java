package io.bilitw.worker;

import io.bilitw.config.PoolConfig;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.stats.SlowLog;

/** The wire protocols a pool can speak, one row each. */
enum WireProtocol {
    REDIS {
        @Override
        Protocol of(PoolConfig pool, String version, SlowLog slowLog) {
            return new RedisProtocol(
                    new RedisSettings(
                            pool.name(), pool.redisAuth(), pool.redisDb(), version, slowLog));
        }
    },
    MEMCACHE {
        @Override
        Protocol of(PoolConfig pool, String version, SlowLog slowLog) {
            return new MemcacheProtocol(
                    new MemcacheSettings(pool.name(), pool.allowFlush(), version));
        }
    };

    /**
     * Makes the protocol for {@code pool}.
     *
     * @param version bilitw's own version, for texts
     * @param slowLog what clients of the pool are shown that ask for slow requests
     */
    abstract Protocol of(PoolConfig pool, String version, SlowLog slowLog);

    /** The row that {@code pool} speaks. */
    static WireProtocol spokenBy(PoolConfig pool) {
        return pool.redis() ? REDIS : MEMCACHE;
    }
}
