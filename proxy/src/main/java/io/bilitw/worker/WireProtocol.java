package io.bilitw.worker;

import io.bilitw.config.PoolConfig;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import java.io.IOException;

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
        Protocol of(PoolConfig pool, String version) throws IOException {
            throw new IOException(
                    "pool '"
                            + pool.name()
                            + "' is a memcached pool, which bilitw does not serve yet (expected:"
                            + " 'redis: true')");
        }
    };

    /** Makes the protocol for {@code pool}, or says why that is not possible. */
    abstract Protocol of(PoolConfig pool, String version) throws IOException;

    /** The row that {@code pool} speaks. */
    static WireProtocol spokenBy(PoolConfig pool) {
        return pool.redis() ? REDIS : MEMCACHE;
    }
}
