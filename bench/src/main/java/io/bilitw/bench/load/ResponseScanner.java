package io.bilitw.bench.load;

import java.nio.ByteBuffer;

/** Counts and checks the responses to a {@link RequestBatch}, however they are cut. */
interface ResponseScanner {

    /** Begins anew, for a batch that is about to be sent. */
    void restart();

    /**
     * Takes all bytes of {@code in}; returns whether the whole batch is answered by them and those
     * before.
     *
     * @throws LoadException when a response is not what it must be
     */
    boolean scan(ByteBuffer in) throws LoadException;
}
