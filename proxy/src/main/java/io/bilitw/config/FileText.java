package io.bilitw.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns the bytes of a file into text that the YAML parser takes, and tells where they are none.
 */
final class FileText {

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int REPLACEMENT = 0xFFFD;

    private FileText() {}

    /**
     * Decodes UTF-8. The first byte that is not UTF-8 is told to {@code problems}; all such bytes
     * are replaced.
     */
    static String decode(byte[] bytes, Problems problems) {
        CharBuffer good = CharBuffer.allocate(bytes.length);
        boolean malformed =
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes), good, true)
                        .isError();
        if (malformed) {
            problems.fault(
                    end(good.flip().toString()), "a byte that is not UTF-8 (expected: UTF-8 text)");
        }
        return printable(new String(bytes, UTF_8), problems);
    }

    /**
     * Drops a leading byte order mark and replaces what may not stand in YAML, which would end the
     * parse. The first such character is told to {@code problems}.
     */
    static String printable(String text, Problems problems) {
        String unmarked =
                !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        OptionalInt stranger =
                unmarked.codePoints().filter(c -> !StreamReader.isPrintable(c)).findFirst();
        if (stranger.isEmpty()) {
            return unmarked;
        }
        int codePoint = stranger.getAsInt();
        problems.fault(
                end(unmarked.substring(0, unmarked.indexOf(codePoint))),
                String.format("character U+%04X (expected: printable text)", codePoint));
        return unmarked.codePoints()
                .map(c -> StreamReader.isPrintable(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The place behind {@code before}, the text from the beginning of the file. */
    private static Position end(String before) {
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new Position(line, 1 + before.codePointCount(lineStart, before.length()));
    }
}
