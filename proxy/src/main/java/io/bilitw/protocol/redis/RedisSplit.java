package io.bilitw.protocol.redis;

import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.Split;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The commands that are cut into one request per server and whose responses are joined, one row a
 * command.
 *
 * <p>A fragment is a request of its own, with the command's name in lower case as twemproxy writes
 * it (nc_redis.c:redis_fragment_argx):
 *
 * <pre>
 *   *3\r\n $4\r\nmget\r\n  $1\r\na\r\n  $1\r\nb\r\n
 *   head ................  part ......  part ......
 * </pre>
 */
enum RedisSplit implements Split, Treatment {
    MGET(1, new ArrayJoin()),
    MSET(2, new OkJoin()),
    DEL(1, new SumJoin()),
    UNLINK(1, new SumJoin()),
    TOUCH(1, new SumJoin()),
    EXISTS(1, new SumJoin());

    private static final int MAX_COUNT_BYTES = "*2147483647\r\n".length();

    private final int argumentsPerKey;
    private final ResponseJoin join;
    private final byte[] name;

    RedisSplit(int argumentsPerKey, ResponseJoin join) {
        this.argumentsPerKey = argumentsPerKey;
        this.join = join;
        String lowerName = name().toLowerCase(Locale.ROOT);
        this.name =
                ("$" + lowerName.length() + "\r\n" + lowerName + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    /** How many arguments make a part: the key, and its value if it has one. */
    int argumentsPerKey() {
        return argumentsPerKey;
    }

    @Override
    public int framingBytes(RequestParser request) {
        return MAX_COUNT_BYTES + name.length;
    }

    @Override
    public void writeHead(ByteBuf out, RequestParser request, int keys) {
        RedisText.writeArrayHead(out, 1 + keys * argumentsPerKey);
        out.writeBytes(name);
    }

    @Override
    public void writeTail(ByteBuf out) {
        // the count in the head says where the request ends
    }

    @Override
    public int maxPartBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean keepsParts() {
        return false; // a response has an element for every key
    }

    /**
     * Joins what fits together; a response of another kind, which is an error nearly always, makes
     * the whole one {@code -ERR Invalid argument} (nc_redis.c:redis_post_coalesce).
     */
    @Override
    public ByteBuf coalesce(Fragments fragments, ByteBufAllocator allocator) {
        ByteBuf joined = join.join(fragments, allocator);
        return joined != null ? joined : invalid(allocator);
    }

    private static ByteBuf invalid(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        RedisError.INVALID_RESPONSE.write(out);
        return out;
    }
}
