package io.bilitw.pool;

import io.bilitw.config.HashTag;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The part of a key that decides where it goes: what stands between the two bytes of the hash tag,
 * or the whole key if the tag is not there or encloses nothing (twemproxy
 * nc_server.c:server_pool_idx).
 *
 * <pre>
 *   tag {}    user:{u1}:ids       a{{x}}1       {}rest
 *                   ^^              ^^          ^^^^^^
 * </pre>
 *
 * <p>Event-loop confined: it holds what {@link #find} has found last.
 */
final class KeyRange {

    private final @Nullable HashTag tag;
    private int from;
    private int to;

    KeyRange(@Nullable HashTag tag) {
        this.tag = tag;
    }

    /** Looks at the key in {@code [keyFrom, keyTo)} of {@code in}. */
    void find(ByteBuf in, int keyFrom, int keyTo) {
        from = keyFrom;
        to = keyTo;
        if (tag != null) {
            int open = in.indexOf(keyFrom, keyTo, tag.open());
            int close = open < 0 ? -1 : in.indexOf(open + 1, keyTo, tag.close());
            if (close > open + 1) {
                from = open + 1;
                to = close;
            }
        }
    }

    /** Index of the first byte to hash. */
    int from() {
        return from;
    }

    /** Index after the last byte to hash. */
    int to() {
        return to;
    }
}
