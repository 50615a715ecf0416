package io.bilitw.bench.load;

import java.nio.ByteBuffer;

/**
 * Reads what redis answers.
 *
 * <p>A command that stores must be answered by {@code OK}. One that reads must be answered by the
 * values of its keys, in their order: a value has the right length and, if it has room for that,
 * begins with the digits of its key. The rest of a value is not looked at.
 */
final class RedisScanner extends ResponseScanner {

    private enum State {
        HEADER,
        VALUE_HEADER,
        VALUE
    }

    private static final ByteBuffer OK = ResponseLine.ascii("+OK\r\n");
    private static final int LINE_END_BYTES = 2;

    private final LoadCommand command;
    private final int valueBytes;
    private final boolean valueNamesKey;
    private final ByteBuffer arrayHeader;
    private final ByteBuffer valueHeader;
    private final State first;
    private State state;
    private int values; // of the response at hand
    private int valueAt; // bytes of the value, and the end of its line, that have come
    private long digits; // of the value at hand

    RedisScanner(RequestBatch batch, LoadCommand command, int valueBytes) {
        super(batch);
        this.command = command;
        this.valueBytes = valueBytes;
        valueNamesKey = LoadProtocol.valueNamesKey(valueBytes);
        arrayHeader = ResponseLine.ascii("*" + command.keys() + "\r\n");
        valueHeader = ResponseLine.ascii("$" + valueBytes + "\r\n");
        first = command.stores() || command.keys() > 1 ? State.HEADER : State.VALUE_HEADER;
        state = first;
    }

    @Override
    boolean isInValue() {
        return state == State.VALUE;
    }

    @Override
    void takeLine() throws LoadException {
        if (state == State.VALUE_HEADER) {
            if (line.bytes().equals(ResponseLine.ascii("$-1\r\n"))) {
                throw new LoadException("A value is missing; --fill sets all keys.");
            }
            line.require(line.bytes().equals(valueHeader));
            state = State.VALUE;
            valueAt = 0;
        } else if (command.stores()) {
            line.require(line.bytes().equals(OK));
            finish();
        } else {
            line.require(line.bytes().equals(arrayHeader));
            state = State.VALUE_HEADER;
        }
    }

    @Override
    void takeValue(ByteBuffer in) throws LoadException {
        while (valueNamesKey && valueAt < Long.BYTES && in.hasRemaining()) {
            digits = digits << Byte.SIZE | in.get();
            valueAt++;
        }
        int skipped = Math.max(0, Math.min(valueBytes - valueAt, in.remaining()));
        in.position(in.position() + skipped);
        valueAt += skipped;
        while (valueAt >= valueBytes
                && valueAt < valueBytes + LINE_END_BYTES
                && in.hasRemaining()) {
            if (in.get() != "\r\n".charAt(valueAt - valueBytes)) {
                throw new LoadException("A value is longer than its header says.");
            }
            valueAt++;
        }
        if (valueAt == valueBytes + LINE_END_BYTES) {
            finishValue();
        }
    }

    private void finishValue() throws LoadException {
        if (valueNamesKey && digits != batch.digits(answered(), values)) {
            throw new LoadException("A request was answered by the value of another key.");
        }
        values++;
        state = State.VALUE_HEADER;
        if (values == command.keys()) {
            values = 0;
            finish();
            state = first;
        }
    }
}
