package io.bilitw.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;

/** A client of the {@link WarmUp}: says the batches of a script in turn and checks the answers. */
final class WarmUpClient implements AutoCloseable {

    /**
     * Requests that are sent at once.
     *
     * @param requests their bytes
     * @param responses what must come back
     * @param count how many there are
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and written by nobody
    record Batch(byte[] requests, byte[] responses, int count) {}

    private final Socket socket;
    private final List<Batch> batches;

    private WarmUpClient(Socket socket, List<Batch> batches) {
        this.socket = socket;
        this.batches = batches;
    }

    /** Connects to {@code address}; no read may wait longer than {@code limitMillis}. */
    static WarmUpClient connect(SocketAddress address, List<Batch> batches, int limitMillis)
            throws IOException {
        WarmUpClient client = new WarmUpClient(new Socket(), batches);
        try {
            client.socket.setSoTimeout(limitMillis);
            client.socket.setTcpNoDelay(true);
            client.socket.connect(address, limitMillis);
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /** Sends the batch of that turn. */
    void send(int turn) throws IOException {
        socket.getOutputStream().write(batch(turn).requests());
    }

    /** Reads the answers of that turn and returns how many they are. */
    int receive(int turn) throws IOException {
        Batch batch = batch(turn);
        byte[] responses = socket.getInputStream().readNBytes(batch.responses().length);
        if (!Arrays.equals(responses, batch.responses())) {
            throw new IOException("the warm-up got a wrong answer in turn " + turn);
        }
        return batch.count();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Batch batch(int turn) {
        return batches.get(turn % batches.size());
    }
}
