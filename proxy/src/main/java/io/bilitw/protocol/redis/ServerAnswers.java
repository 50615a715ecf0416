package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;
import java.time.Instant;

/** The answers to what clients ask a server to learn what it is. */
final class ServerAnswers {

    /** CONFIG GET, to which there is nothing to tell; all else is the operator's. */
    static final LocalAnswer CONFIG =
            new Subcommands(
                    "config",
                    new Subcommand(
                            "get", -3, "GET <pattern>: nothing, always.", ServerAnswers::nothing));

    private static final long NANOS_PER_MICRO = 1000;

    private static final String PICTURE =
            """
                          .--> o
            o ---( bi )---+--> o
                          '--> o
            """;

    private ServerAnswers() {}

    private static boolean nothing(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        dialogue.writeMapHead(out, 0);
        return true;
    }

    /** TIME: seconds and microseconds. */
    static boolean time(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        Instant now = Instant.now();
        RedisText.writeArrayHead(out, 2);
        RedisText.writeBulk(out, Long.toString(now.getEpochSecond()));
        RedisText.writeBulk(out, Long.toString(now.getNano() / NANOS_PER_MICRO));
        return true;
    }

    /** ROLE: as far as clients see, a master that no replica follows. */
    static boolean role(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeArrayHead(out, 3);
        RedisText.writeBulk(out, "master");
        RedisText.writeInteger(out, 0);
        RedisText.writeArrayHead(out, 0);
        return true;
    }

    /** CLUSTER subcommand: what redis says that is in no cluster. */
    static boolean cluster(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        return dialogue.refuse(RedisError.NO_CLUSTER, out);
    }

    /** LOLWUT: one key, many places. */
    static boolean lolwut(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeBulk(out, PICTURE + "bilitw ver. " + dialogue.settings().version() + "\n");
        return true;
    }
}
