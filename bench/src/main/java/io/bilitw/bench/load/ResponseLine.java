package io.bilitw.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** The line of a response that is being read, which may come in pieces. */
final class ResponseLine {

    private static final int MAX_BYTES = 256;

    private final ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);

    /**
     * Moves bytes here, up to the end of the line; returns whether it is complete, and then can be
     * compared.
     *
     * @throws LoadException when it is longer than any line that is expected
     */
    boolean read(ByteBuffer in) throws LoadException {
        int from = in.position();
        int to = from;
        boolean complete = false;
        while (to < in.limit() && !complete) {
            complete = in.get(to++) == '\n';
        }
        int count = Math.min(to - from, bytes.remaining());
        bytes.put(bytes.position(), in, from, count).position(bytes.position() + count);
        if (count < to - from) {
            throw unexpected();
        }
        in.position(to);
        if (complete) {
            bytes.flip();
        }
        return complete;
    }

    void clear() {
        bytes.clear();
    }

    /** Returns the complete line, with its end. */
    ByteBuffer bytes() {
        return bytes;
    }

    void require(boolean holds) throws LoadException {
        if (!holds) {
            throw unexpected();
        }
    }

    private LoadException unexpected() {
        int end = bytes.position() == 0 ? bytes.limit() : bytes.position();
        String found = new String(bytes.array(), 0, end, ISO_8859_1);
        return new LoadException(
                "A response has an unexpected line: " + found.strip().replaceAll("[^ -~]", "?"));
    }

    static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
