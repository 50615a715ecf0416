package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes an error of the proxy's on one line, with details filled in. */
public final class ErrorText {

    private ErrorText() {}

    /**
     * Appends {@code template} and a line end to {@code out}; <code>{1}</code>, <code>{2}</code> in
     * it stand for the details.
     */
    public static void write(String template, ByteBuf out, String... details) {
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '{') {
                writeOnOneLine(details[template.charAt(i + 1) - '1'], out);
                i += "{1}".length() - 1;
            } else {
                out.writeByte(c);
            }
        }
        out.writeByte('\r').writeByte('\n');
    }

    /** What a peer said comes back in the text, so its line ends must not end the error. */
    private static void writeOnOneLine(String detail, ByteBuf out) {
        String line = detail.replace('\r', ' ').replace('\n', ' ');
        out.writeCharSequence(line, StandardCharsets.ISO_8859_1);
    }
}
