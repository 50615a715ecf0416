package io.bilitw.worker;

import io.bilitw.config.PoolConfig;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;

/** The wire protocols a pool can speak, one row each. */
enum WireProtocol {
    REDIS {
        @Override
        Protocol of(PoolConfig pool, String version) {
            return new RedisProtocol(
                    new RedisSettings(pool.name(), pool.redisAuth(), pool.redisDb(), version));
        }
    },
    MEMCACHE {
        @Override
        Protocol of(PoolConfig pool, String version) {
            return new MemcacheProtocol(
                    new MemcacheSettings(pool.name(), pool.allowFlush(), version));
        }
    };

    /** Makes the protocol for {@code pool}. */
    abstract Protocol of(PoolConfig pool, String version);

    /** The row that {@code pool} speaks. */
    static WireProtocol spokenBy(PoolConfig pool) {
        return pool.redis() ? REDIS : MEMCACHE;
    }
}
