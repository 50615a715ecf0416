package io.bilitw.bench.load;

import java.nio.ByteBuffer;

/** Counts and checks the responses to a {@link RequestBatch}, however they are cut. */
abstract class ResponseScanner {

    final RequestBatch batch;
    final ResponseLine line = new ResponseLine();
    private int answered; // requests of the batch

    ResponseScanner(RequestBatch batch) {
        this.batch = batch;
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
            if (isInValue()) {
                takeValue(in);
            } else if (line.read(in)) {
                takeLine();
                line.clear();
            }
        }
        return answered == batch.requests();
    }

    /** Tells whether the next bytes are those of a value, not of a line. */
    abstract boolean isInValue();

    /** Takes bytes of a value. */
    abstract void takeValue(ByteBuffer in) throws LoadException;

    /** Takes the {@link #line}, which is whole. */
    abstract void takeLine() throws LoadException;

    /** Notes that the request is answered whose response is at hand. */
    void finish() {
        answered++;
    }

    /** The number, in the batch, of the request whose response is at hand. */
    int answered() {
        return answered;
    }
}
