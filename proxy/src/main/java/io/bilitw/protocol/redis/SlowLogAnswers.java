package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.stats.KeyText;
import io.bilitw.stats.SlowLog;
import io.bilitw.stats.SlowRequest;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The answers to SLOWLOG: the slow requests of all pools and workers, in the shape of redis 7
 * (slowlog.c:slowlogCommand), so that its clients can read them.
 *
 * <p>As of a request its first key is remembered and no other argument, the place of the others is
 * taken by what a server could not say: where the request went, and why it failed.
 */
final class SlowLogAnswers {

    static final LocalAnswer SUBCOMMANDS =
            new Subcommands(
                    "slowlog",
                    new Subcommand(
                            "get",
                            -2,
                            "GET [<count>]: the newest slow requests, 10 or as many as are asked"
                                    + " for, -1 for all.",
                            SlowLogAnswers::get),
                    new Subcommand("len", 2, "LEN: how many are kept.", SlowLogAnswers::len),
                    new Subcommand(
                            "reset", 2, "RESET: forget all of them.", SlowLogAnswers::reset));

    private static final int NEWEST = 10;

    /** Number, end, time taken, arguments, client's address, client's name. */
    private static final int VALUES = 6;

    private SlowLogAnswers() {}

    private static boolean get(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        if (arguments.count() > 3) {
            return dialogue.refuse(RedisError.SUBCOMMAND_ARITY, out, "slowlog", "get");
        }
        int most = NEWEST;
        if (arguments.count() == 3) {
            most = arguments.is(2, "-1") ? SlowLog.ENTRIES : arguments.number(2);
        }
        if (most < 0) {
            return dialogue.refuse(RedisError.COUNT, out);
        }
        List<SlowRequest> newest = dialogue.settings().slowLog().newest(most);
        RedisText.writeArrayHead(out, newest.size());
        newest.forEach(request -> write(request, out));
        return true;
    }

    private static void write(SlowRequest request, ByteBuf out) {
        RedisText.writeArrayHead(out, VALUES);
        RedisText.writeInteger(out, request.id());
        RedisText.writeInteger(out, TimeUnit.MILLISECONDS.toSeconds(request.endMillis()));
        RedisText.writeInteger(out, request.micros());
        boolean hasKey = request.keyBytes() > 0;
        RedisText.writeArrayHead(out, hasKey ? 3 : 2);
        writeText(request.command(), out);
        if (hasKey) {
            int missing = request.keyBytes() - request.key().length;
            String key = new String(request.key(), ISO_8859_1);
            RedisText.writeBulk(out, key + KeyText.mark(missing));
        }
        String failure = request.failure().isEmpty() ? "" : ", failed: " + request.failure();
        writeText(
                "(to " + request.server() + " of pool '" + request.pool() + "'" + failure + ")",
                out);
        writeText(request.client(), out);
        writeText("", out);
    }

    private static void writeText(String text, ByteBuf out) {
        RedisText.writeBulk(out, new String(text.getBytes(UTF_8), ISO_8859_1));
    }

    private static boolean len(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeInteger(out, dialogue.settings().slowLog().count());
        return true;
    }

    private static boolean reset(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        dialogue.settings().slowLog().reset();
        RedisText.writeOk(out);
        return true;
    }
}
