package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Writes requests of the redis wire language, RESP2, byte by byte as a client would. */
public final class Resp {

    private Resp() {}

    /** One request as an array of bulk strings, the arguments given as Latin-1 text. */
    public static byte[] request(String... arguments) {
        return request(Arrays.stream(arguments).map(Resp::bytes).toList());
    }

    /** One request as an array of bulk strings. */
    public static byte[] request(List<byte[]> arguments) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(bytes("*" + arguments.size() + "\r\n"));
        for (byte[] argument : arguments) {
            request.writeBytes(bytes("$" + argument.length + "\r\n"));
            request.writeBytes(argument);
            request.writeBytes(bytes("\r\n"));
        }
        return request.toByteArray();
    }

    /** Several requests behind each other: a pipeline. */
    public static byte[] pipeline(List<byte[]> requests) {
        var pipeline = new ByteArrayOutputStream();
        requests.forEach(pipeline::writeBytes);
        return pipeline.toByteArray();
    }

    /** A bulk string as a server would answer it. */
    public static String bulk(String value) {
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }

    /** Returns the offset behind the line that begins at {@code from}, or -1 if it has no end. */
    static int lineEnd(byte[] in, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (in[i] == '\r' && in[i + 1] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }

    /** The bytes that {@code text} stands for. */
    public static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** The text that stands for {@code bytes}. */
    public static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
