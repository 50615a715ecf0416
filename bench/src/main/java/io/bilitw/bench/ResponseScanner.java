package io.bilitw.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Counts and checks the responses to a {@link RequestBatch}, however they are cut.
 *
 * <p>A set must be answered by {@code STORED}. A get must be answered by each of its keys with a
 * value of the right length, and {@code END}; so that keys may come in any order, as they do from
 * several servers, the sum of their digits is compared. The bytes of a value are not looked at.
 */
final class ResponseScanner {

    private enum State {
        LINE,
        VALUE,
        VALUE_END
    }

    private static final int MAX_LINE_BYTES = 256;
    private static final int DIGITS_FROM = "VALUE key:0000".length();
    private static final ByteBuffer END = ascii("END\r\n");
    private static final ByteBuffer STORED = ascii("STORED\r\n");
    private static final ByteBuffer LINE_END = ascii("\r\n");

    private final RequestBatch batch;
    private final LoadCommand command;
    private final int valueBytes;
    private final ByteBuffer header; // the line before a value, of a key whose digits are zero
    private final ByteBuffer line = ByteBuffer.allocate(MAX_LINE_BYTES);
    private State state = State.LINE;
    private int answered; // requests of the batch
    private int values; // of the response at hand
    private long keySum; // of the response at hand
    private int valueRest; // bytes of the value that are still to come

    ResponseScanner(RequestBatch batch, LoadCommand command, int valueBytes) {
        this.batch = batch;
        this.command = command;
        this.valueBytes = valueBytes;
        header = ascii("VALUE key:0000" + "\0".repeat(Long.BYTES) + " 0 " + valueBytes + "\r\n");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    /** Begins anew, for a batch that is about to be sent. */
    void restart() {
        answered = 0;
    }

    /**
     * Takes all bytes of {@code in}; returns whether the whole batch is answered by them and those
     * before.
     *
     * @throws LoadException when a response is not what it must be
     */
    boolean scan(ByteBuffer in) throws LoadException {
        while (in.hasRemaining()) {
            if (answered == batch.requests()) {
                throw new LoadException("The server answered more than it was asked.");
            }
            if (state == State.VALUE) {
                skipValue(in);
            } else if (readLine(in)) {
                takeLine();
                line.clear();
            }
        }
        return answered == batch.requests();
    }

    private void skipValue(ByteBuffer in) {
        int skipped = Math.min(valueRest, in.remaining());
        in.position(in.position() + skipped);
        valueRest -= skipped;
        if (valueRest == 0) {
            state = State.VALUE_END;
        }
    }

    /** Moves bytes to the line, up to its end; returns whether it is complete, and then flipped. */
    private boolean readLine(ByteBuffer in) throws LoadException {
        int from = in.position();
        int to = from;
        boolean complete = false;
        while (to < in.limit() && !complete) {
            complete = in.get(to++) == '\n';
        }
        int bytes = Math.min(to - from, line.remaining());
        line.put(line.position(), in, from, bytes).position(line.position() + bytes);
        if (bytes < to - from) {
            throw unexpected();
        }
        in.position(to);
        if (complete) {
            line.flip();
        }
        return complete;
    }

    private void takeLine() throws LoadException {
        if (state == State.VALUE_END) {
            require(line.equals(LINE_END));
            state = State.LINE;
        } else if (command.stores()) {
            require(line.equals(STORED));
            answered++;
        } else if (line.equals(END)) {
            finishGet();
        } else {
            beginValue();
        }
    }

    private void beginValue() throws LoadException {
        require(line.limit() == header.limit());
        long digits = line.getLong(DIGITS_FROM);
        line.putLong(DIGITS_FROM, 0);
        boolean expected = line.equals(header);
        line.putLong(DIGITS_FROM, digits);
        require(expected);
        values++;
        keySum += digits;
        valueRest = valueBytes;
        state = State.VALUE;
    }

    private void finishGet() throws LoadException {
        if (values != command.keys()) {
            throw new LoadException(
                    "A get of "
                            + command.keys()
                            + " was answered by "
                            + values
                            + " values; --fill sets all keys.");
        }
        if (keySum != batch.keySum(answered)) {
            throw new LoadException("A get was answered by other keys than it asked for.");
        }
        values = 0;
        keySum = 0;
        answered++;
    }

    private void require(boolean holds) throws LoadException {
        if (!holds) {
            throw unexpected();
        }
    }

    private LoadException unexpected() {
        String found =
                new String(
                        line.array(),
                        0,
                        line.position() == 0 ? line.limit() : line.position(),
                        ISO_8859_1);
        return new LoadException(
                "A response has an unexpected line: " + found.strip().replaceAll("[^ -~]", "?"));
    }
}
