package io.bilitw.bench.load;

import java.nio.ByteBuffer;

/**
 * Reads what memcached answers.
 *
 * <p>A set must be answered by {@code STORED}. A get must be answered by each of its keys with a
 * value of the right length, and {@code END}; so that keys may come in any order, as they do from
 * several servers, the sum of their digits is compared. The bytes of a value are not looked at.
 */
final class MemcacheScanner extends ResponseScanner {

    private enum State {
        LINE,
        VALUE,
        VALUE_END
    }

    private static final int DIGITS_FROM = "VALUE key:0000".length();
    private static final ByteBuffer END = ResponseLine.ascii("END\r\n");
    private static final ByteBuffer STORED = ResponseLine.ascii("STORED\r\n");
    private static final ByteBuffer LINE_END = ResponseLine.ascii("\r\n");

    private final LoadCommand command;
    private final int valueBytes;
    private final ByteBuffer header; // the line before a value, of a key whose digits are zero
    private State state = State.LINE;
    private int values; // of the response at hand
    private long keySum; // of the response at hand
    private int valueRest; // bytes of the value that are still to come

    MemcacheScanner(RequestBatch batch, LoadCommand command, int valueBytes) {
        super(batch);
        this.command = command;
        this.valueBytes = valueBytes;
        header =
                ResponseLine.ascii(
                        "VALUE key:0000" + "\0".repeat(Long.BYTES) + " 0 " + valueBytes + "\r\n");
    }

    @Override
    boolean isInValue() {
        return state == State.VALUE;
    }

    @Override
    void takeValue(ByteBuffer in) {
        int skipped = Math.min(valueRest, in.remaining());
        in.position(in.position() + skipped);
        valueRest -= skipped;
        if (valueRest == 0) {
            state = State.VALUE_END;
        }
    }

    @Override
    void takeLine() throws LoadException {
        if (state == State.VALUE_END) {
            line.require(line.bytes().equals(LINE_END));
            state = State.LINE;
        } else if (command.stores()) {
            line.require(line.bytes().equals(STORED));
            finish();
        } else if (line.bytes().equals(END)) {
            finishGet();
        } else {
            beginValue();
        }
    }

    private void beginValue() throws LoadException {
        ByteBuffer bytes = line.bytes();
        line.require(bytes.limit() == header.limit());
        long digits = bytes.getLong(DIGITS_FROM);
        bytes.putLong(DIGITS_FROM, 0);
        boolean expected = bytes.equals(header);
        bytes.putLong(DIGITS_FROM, digits);
        line.require(expected);
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
        if (keySum != batch.keySum(answered())) {
            throw new LoadException("A get was answered by other keys than it asked for.");
        }
        values = 0;
        keySum = 0;
        finish();
    }
}
