package io.bilitw.protocol.redis;

import io.bilitw.protocol.ClientFacts;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.Split;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** One redis client's conversation. */
final class RedisDialogue implements Dialogue {

    private final RedisRequestParser parser;

    RedisDialogue(RedisSettings settings, ClientFacts client, RedisRequestParser parser) {
        this.parser = parser;
    }

    boolean refuse(RedisError error, ByteBuf out) {
        error.write(out);
        return true;
    }

    @Override
    public RequestParser parser() {
        return parser;
    }

    @Override
    public Handling handling() {
        RedisCommand command = parser.command();
        return parser.count() == 0
                ? Handling.IGNORE
                : command == null ? Handling.ANSWER : command.handling();
    }

    @Override
    public Split split() {
        return java.util.Objects.requireNonNull(
                java.util.Objects.requireNonNull(parser.command()).splitOrNull());
    }

    @Override
    public boolean answer(ByteBuf out) {
        out.writeCharSequence("+PONG\r\n", StandardCharsets.US_ASCII);
        return true;
    }

    @Override
    public void answerInvalid(ByteBuf out) {
        out.writeCharSequence("-ERR " + parser.problem() + "\r\n", StandardCharsets.US_ASCII);
    }
}
