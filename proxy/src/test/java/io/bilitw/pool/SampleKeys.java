package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.config.PoolConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Finds keys that belong to a given server. */
public final class SampleKeys {

    private final Router router;
    private int tried;

    /** Finds keys for {@code pool} while all its servers are live. */
    public SampleKeys(PoolConfig pool) {
        router = new Router(pool);
    }

    /** A key of server {@code index} that was not given before. */
    public String on(int index) {
        while (true) {
            String key = "key" + tried++;
            ByteBuf in = Unpooled.copiedBuffer(key, US_ASCII);
            if (router.serverOf(in, 0, key.length()) == index) {
                return key;
            }
        }
    }
}
