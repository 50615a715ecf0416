package io.bilitw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * What is answered to a request.
 *
 * @param status the number that HTTP has for how it went
 * @param type the media type
 * @param headers more headers
 * @param body writes what is answered
 */
record Answer(int status, String type, Map<String, String> headers, Body body) {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final int OK = 200;

    /** Writes to a stream that stays open. */
    @FunctionalInterface
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** A line of text. */
    static Answer line(int status, String line) {
        byte[] bytes = (line + "\n").getBytes(UTF_8);
        return new Answer(status, PLAIN, Map.of(), out -> out.write(bytes));
    }

    static Answer json(Body body) {
        return new Answer(OK, JSON, Map.of(), body);
    }

    static Answer of(String type, Body body) {
        return new Answer(OK, type, Map.of(), body);
    }

    /** The same with a header more. */
    Answer with(String header, String value) {
        return new Answer(status, type, Map.of(header, value), body);
    }
}
