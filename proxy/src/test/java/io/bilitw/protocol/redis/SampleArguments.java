package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Arguments of a request made up in a test, with some bytes between them. */
final class SampleArguments implements RedisArguments {

    private final ByteBuf source = Unpooled.buffer();
    private final int[] from;
    private final int[] to;

    private SampleArguments(String... words) {
        from = new int[words.length];
        to = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            source.writeByte('#');
            from[i] = source.writerIndex();
            source.writeCharSequence(words[i], StandardCharsets.ISO_8859_1);
            to[i] = source.writerIndex();
        }
    }

    /** Makes the arguments from a line, cut at its blanks; {@code ''} stands for an empty one. */
    static SampleArguments of(String line) {
        String[] words = line.split(" ", 0);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals("''") ? "" : words[i];
        }
        return new SampleArguments(words);
    }

    /** The row of the command that these arguments begin with. */
    RedisCommand command() {
        RedisCommand command = RedisCommand.find(source, from(0), to(0) - from(0));
        if (command == null) {
            throw new AssertionError("no row for " + text(0));
        }
        return command;
    }

    @Override
    public int count() {
        return from.length;
    }

    @Override
    public ByteBuf source() {
        return source;
    }

    @Override
    public int from(int index) {
        return from[index];
    }

    @Override
    public int to(int index) {
        return to[index];
    }
}
