package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What redis clients and servers send, made in tests; a character is a byte. */
public final class Wire {

    private Wire() {}

    /** An array of bulk strings, which is how a request looks. */
    public static String array(String... words) {
        StringBuilder array = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            array.append(bulk(word));
        }
        return array.toString();
    }

    /** A bulk string. */
    public static String bulk(String value) {
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }

    /** A heap buffer with {@code text}, which needs no release. */
    public static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }

    /** A heap buffer that stands at {@code text}, behind {@code before} other bytes. */
    public static ByteBuf buffer(String text, int before) {
        return buffer("#".repeat(before) + text).readerIndex(before);
    }

    /** The bytes {@code [from, to)} of {@code in}. */
    public static String text(ByteBuf in, int from, int to) {
        return in.toString(from, to - from, ISO_8859_1);
    }
}
