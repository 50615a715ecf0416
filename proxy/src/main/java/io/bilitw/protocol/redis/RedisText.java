package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes values of RESP2 and, where they differ, of RESP3. */
final class RedisText {

    private RedisText() {}

    /** Appends {@code +OK}. */
    static void writeOk(ByteBuf out) {
        writeStatus(out, "OK");
    }

    /** Appends a status line. */
    static void writeStatus(ByteBuf out, String status) {
        out.writeByte('+');
        out.writeCharSequence(status, StandardCharsets.ISO_8859_1);
        writeLineEnd(out);
    }

    /** Appends an integer. */
    static void writeInteger(ByteBuf out, long number) {
        writeLine(out, ':', number);
    }

    /** Appends the head of an array; its elements follow. */
    static void writeArrayHead(ByteBuf out, int elements) {
        writeLine(out, '*', elements);
    }

    /** Appends the null bulk string. */
    static void writeNull(ByteBuf out) {
        writeLine(out, '$', -1);
    }

    /** Appends the null array. */
    static void writeNullArray(ByteBuf out) {
        writeLine(out, '*', -1);
    }

    /** Appends the head of a map of RESP3; its keys and values follow in turn. */
    static void writeMapHead(ByteBuf out, int pairs) {
        writeLine(out, '%', pairs);
    }

    /** Appends the one null of RESP3. */
    static void writeResp3Null(ByteBuf out) {
        out.writeByte('_');
        writeLineEnd(out);
    }

    /** Appends a bulk string, whose characters are bytes (Latin-1). */
    static void writeBulk(ByteBuf out, String text) {
        writeLine(out, '$', text.length());
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        writeLineEnd(out);
    }

    /** Appends {@code in[from, to)} as a bulk string. */
    static void writeBulk(ByteBuf out, ByteBuf in, int from, int to) {
        writeLine(out, '$', to - from);
        out.writeBytes(in, from, to - from);
        writeLineEnd(out);
    }

    /** Makes the ASCII letters of what a client said lower case, for texts. */
    static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static void writeLine(ByteBuf out, char type, long number) {
        out.writeByte(type);
        out.writeCharSequence(Long.toString(number), StandardCharsets.US_ASCII);
        writeLineEnd(out);
    }

    private static void writeLineEnd(ByteBuf out) {
        out.writeShort('\r' << 8 | '\n');
    }
}
