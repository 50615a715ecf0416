package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;

/** Gives a parser a stream as a connection does: cut anywhere, each time in another buffer. */
public final class CutStream {

    private CutStream() {}

    /** Takes a message from the front of a buffer, if a whole one is there. */
    @FunctionalInterface
    public interface Reader {

        /** Looks at {@code in}, and moves its reader index past a message that it has taken. */
        ParseStatus read(ByteBuf in);
    }

    /**
     * Gives {@code wire} to {@code reader} in chunks of random sizes, the rest of each in front of
     * the next, up to what is no message.
     *
     * @return what was not taken of what was given
     */
    public static String feed(String wire, Random random, Reader reader) {
        String rest = "";
        int at = 0;
        ParseStatus status = ParseStatus.COMPLETE;
        while (at < wire.length() && status != ParseStatus.INVALID) {
            int bytes = Math.min(wire.length() - at, 1 + random.nextInt(1 + random.nextInt(200)));
            String before = "#".repeat(random.nextInt(10));
            ByteBuf in =
                    Unpooled.copiedBuffer(
                            before + rest + wire.substring(at, at + bytes), ISO_8859_1);
            in.skipBytes(before.length());
            at += bytes;
            status = ParseStatus.COMPLETE;
            while (in.isReadable() && status == ParseStatus.COMPLETE) {
                status = reader.read(in);
            }
            rest = in.toString(ISO_8859_1);
        }
        return rest;
    }
}
