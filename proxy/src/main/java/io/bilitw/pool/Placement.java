package io.bilitw.pool;

import io.bilitw.config.PoolConfig;
import io.netty.buffer.Unpooled;

/**
 * Where the keys of a pool belong while all of its servers live, told without starting it. What it
 * tells is what the {@link Router} does. For one thread.
 */
public final class Placement {

    private final Router router;

    /** Places keys as the pool that {@code pool} describes does. */
    public Placement(PoolConfig pool) {
        router = new Router(pool);
    }

    /** Tells whether one key always has the same server. */
    public boolean isStable() {
        return router.isStable();
    }

    /** Tells where {@code key} belongs. */
    public Place of(byte[] key) {
        return router.placeOf(Unpooled.wrappedBuffer(key), 0, key.length);
    }

    /** Index of the server of {@code key} among those of the pool, which are sorted by name. */
    int serverOf(byte[] key) {
        return router.serverOf(Unpooled.wrappedBuffer(key), 0, key.length);
    }
}
