package io.bilitw.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One whole RESP2 response, kept as the very bytes that came; two are equal when every byte is.
 *
 * <p>{@code $5 CRLF hello CRLF} has the text {@code "$5\r\nhello\r\n"} and the value {@code
 * "hello"}.
 */
public final class Response {

    private static final int SHOWN_CHARS = 300;

    private final byte[] bytes;

    /** Takes over {@code bytes}, which hold exactly one response. */
    public Response(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the offset behind the response that begins at {@code from}, or -1 when it is not
     * whole yet.
     *
     * @throws IllegalStateException if the bytes are no RESP2
     */
    static int end(byte[] in, int from, int to) {
        int lineEnd = Resp.lineEnd(in, from, to);
        if (lineEnd < 0) {
            return -1;
        }
        return switch (in[from]) {
            case '+', '-', ':' -> lineEnd;
            case '$' -> bulkEnd(number(in, from + 1, lineEnd - 2), lineEnd, to);
            case '*' -> arrayEnd(in, number(in, from + 1, lineEnd - 2), lineEnd, to);
            default -> throw new IllegalStateException("not RESP2: " + shown(in, from, to));
        };
    }

    private static int bulkEnd(long length, int lineEnd, int to) {
        long end = length < 0 ? lineEnd : lineEnd + length + 2;
        return end <= to ? (int) end : -1;
    }

    private static int arrayEnd(byte[] in, long count, int lineEnd, int to) {
        int end = lineEnd;
        for (long i = 0; i < count && end >= 0; i++) {
            end = end(in, end, to);
        }
        return end;
    }

    private static long number(byte[] in, int from, int to) {
        return Long.parseLong(Resp.text(Arrays.copyOfRange(in, from, to)));
    }

    /** The bytes as they came, in Latin-1. */
    public String text() {
        return Resp.text(bytes);
    }

    /** Says whether the response is an error, {@code -WORD ...}. */
    public boolean isError() {
        return bytes[0] == '-';
    }

    /**
     * The value: a String, a Long, null, or a List of values; an error is its line with the leading
     * minus.
     */
    public @Nullable Object value() {
        return new Reader().read();
    }

    /** The elements of an array. */
    public List<@Nullable Object> elements() {
        var elements = new ArrayList<@Nullable Object>();
        if (value() instanceof List<?> list) {
            elements.addAll(list);
            return elements;
        }
        throw new IllegalStateException("not an array: " + this);
    }

    /** The value of an integer response. */
    public long integer() {
        if (value() instanceof Long number) {
            return number;
        }
        throw new IllegalStateException("not an integer: " + this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Response response && Arrays.equals(bytes, response.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return shown(bytes, 0, bytes.length);
    }

    private static String shown(byte[] in, int from, int to) {
        int end = Math.min(to, from + SHOWN_CHARS);
        String text = Resp.text(Arrays.copyOfRange(in, from, end));
        String escaped = text.replace("\r", "\\r").replace("\n", "\\n");
        return end < to ? escaped + "... (" + (to - from) + " bytes)" : escaped;
    }

    /** Walks once over the bytes and builds the value. */
    private final class Reader {

        private int at;

        @Nullable Object read() {
            int lineEnd = Resp.lineEnd(bytes, at, bytes.length);
            byte type = bytes[at];
            String line = Resp.text(Arrays.copyOfRange(bytes, at + 1, lineEnd - 2));
            at = lineEnd;
            return switch (type) {
                case '+' -> line;
                case '-' -> "-" + line;
                case ':' -> Long.valueOf(line);
                case '$' -> readBulk(Integer.parseInt(line));
                default -> readArray(Integer.parseInt(line));
            };
        }

        private @Nullable String readBulk(int length) {
            if (length < 0) {
                return null;
            }
            String body = Resp.text(Arrays.copyOfRange(bytes, at, at + length));
            at += length + 2;
            return body;
        }

        private @Nullable List<@Nullable Object> readArray(int count) {
            if (count < 0) {
                return null;
            }
            var elements = new ArrayList<@Nullable Object>(count);
            for (int i = 0; i < count; i++) {
                elements.add(read());
            }
            return elements;
        }
    }
}
