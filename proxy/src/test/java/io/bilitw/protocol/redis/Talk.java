package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.Handling;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.stats.SlowLog;
import io.bilitw.testkit.SampleFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A conversation with a {@link RedisDialogue}, in lines of words. */
final class Talk {

    private final RedisDialogue dialogue;
    private boolean isOpen = true;

    private Talk(@Nullable String password, int database) {
        RedisSettings settings =
                new RedisSettings("alpha", password, database, "1.2.3", SlowLog.inProcess());
        dialogue = new RedisDialogue(settings, new SampleFacts(7), new RedisRequestParser());
    }

    /** With a pool that has no password. */
    static Talk open() {
        return new Talk(null, 0);
    }

    /** With a pool that has {@code password}. */
    static Talk withPassword(String password) {
        return new Talk(password, 0);
    }

    /** With a pool that is set to {@code database}. */
    static Talk withDatabase(int database) {
        return new Talk(null, database);
    }

    /** What is to be done with the request that {@code line} makes, cut at its blanks. */
    Handling handling(String line) {
        return handlingOf(array(line));
    }

    /** What is to be done with the request whose bytes are {@code wire}. */
    Handling handlingOf(String wire) {
        ParseStatus status = dialogue.parser().parse(Unpooled.copiedBuffer(wire, ISO_8859_1));
        if (status != ParseStatus.COMPLETE) {
            throw new AssertionError(status + " for " + wire);
        }
        return dialogue.handling();
    }

    /** The proxy's own answer to the request that {@code line} makes. */
    String answer(String line) {
        Handling handling = handling(line);
        if (handling != Handling.ANSWER) {
            throw new AssertionError(handling + " for " + line);
        }
        ByteBuf out = Unpooled.buffer();
        isOpen = dialogue.answer(out);
        return out.toString(ISO_8859_1);
    }

    /** The proxy's answer to what is no request. */
    String answerInvalid(String wire) {
        ParseStatus status = dialogue.parser().parse(Unpooled.copiedBuffer(wire, ISO_8859_1));
        if (status != ParseStatus.INVALID) {
            throw new AssertionError(status + " for " + wire);
        }
        ByteBuf out = Unpooled.buffer();
        dialogue.answerInvalid(out);
        return out.toString(ISO_8859_1);
    }

    /** Whether the last answer leaves the connection open. */
    boolean isOpen() {
        return isOpen;
    }

    RedisDialogue dialogue() {
        return dialogue;
    }

    private static String array(String line) {
        String[] words = line.split(" ", 0);
        StringBuilder array = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            String argument = word.equals("''") ? "" : word;
            array.append('$')
                    .append(argument.length())
                    .append("\r\n")
                    .append(argument)
                    .append("\r\n");
        }
        return array.toString();
    }
}
