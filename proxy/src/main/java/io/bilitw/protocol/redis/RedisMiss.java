package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What redis answers to a plain read of keys that do not exist, for pools that treat a failed
 * server as one that has forgotten its keys: null, or an array of nulls.
 */
final class RedisMiss {

    private static final String NULL_TEXT = "$-1\r\n";
    private static final String RESP3_NULL_TEXT = "_\r\n";
    private static final byte[] NULL_BYTES = NULL_TEXT.getBytes(US_ASCII);
    private static final byte[] RESP3_NULL_BYTES = RESP3_NULL_TEXT.getBytes(US_ASCII);

    /** The reads that answer null. */
    private static final Set<RedisCommand> NULL =
            EnumSet.of(
                    RedisCommand.GET,
                    RedisCommand.HGET,
                    RedisCommand.LINDEX,
                    RedisCommand.ZSCORE,
                    RedisCommand.GEODIST,
                    RedisCommand.DUMP);

    /** The reads that answer an array with a null for each argument behind the key. */
    private static final Set<RedisCommand> NULL_PER_ARGUMENT =
            EnumSet.of(RedisCommand.HMGET, RedisCommand.ZMSCORE);

    private RedisMiss() {}

    /**
     * The answer to {@code command} with {@code keys} keys that do not exist and {@code arguments}
     * arguments, the name included; null if it is no plain read. Only lent.
     */
    static byte @Nullable [] of(RedisCommand command, int keys, int arguments, boolean isResp3) {
        if (NULL.contains(command)) {
            return isResp3 ? RESP3_NULL_BYTES : NULL_BYTES;
        }
        String none = isResp3 ? RESP3_NULL_TEXT : NULL_TEXT;
        if (command == RedisCommand.MGET) {
            return nulls(none, keys);
        }
        return NULL_PER_ARGUMENT.contains(command) ? nulls(none, arguments - 2) : null;
    }

    private static byte[] nulls(String none, int count) {
        return ("*" + count + "\r\n" + none.repeat(count)).getBytes(US_ASCII);
    }
}
