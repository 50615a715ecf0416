package io.bilitw.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** One load from its first request to its last response: a closed loop of clients on one thread. */
final class LoadRun {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int RECEIVE_BYTES = 256 << 10;

    private final LoadOptions options;
    private final Selector selector;
    private final IntSupplier nextKey;
    private final long deadlineNanos;
    private final List<LoadClient> clients = new ArrayList<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final Latencies latencies = new Latencies();
    private int sent; // requests
    private int answered; // requests

    private LoadRun(LoadOptions options, Selector selector) {
        this.options = options;
        this.selector = selector;
        nextKey = options.fills() ? inOrder() : random(options.seed(), options.keys());
        deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
    }

    /**
     * Runs a load and returns what it measured.
     *
     * @throws LoadException when a response is wrong, or missing when the time is over
     */
    static LoadResult run(LoadOptions options) throws IOException, LoadException {
        try (Selector selector = Selector.open()) {
            LoadRun run = new LoadRun(options, selector);
            try {
                run.connect();
                return run.load();
            } finally {
                run.disconnect();
            }
        }
    }

    private static IntSupplier random(int seed, int keys) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> random.nextInt(keys);
    }

    private IntSupplier inOrder() {
        PrimitiveIterator.OfInt keys = IntStream.range(0, options.keys()).iterator();
        return keys::nextInt;
    }

    private void connect() throws IOException, LoadException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), options.port());
        for (int i = 0; i < options.clients(); i++) {
            int timeoutMillis = (int) leftMillis();
            clients.add(LoadClient.connect(address, selector, options, timeoutMillis));
        }
    }

    private void disconnect() throws IOException {
        for (LoadClient client : clients) {
            client.close();
        }
    }

    private LoadResult load() throws IOException, LoadException {
        long startNanos = System.nanoTime();
        for (LoadClient client : clients) {
            sendNext(client);
        }
        while (answered < options.requests()) {
            selector.select(leftMillis());
            for (SelectionKey key : selector.selectedKeys()) {
                serve(key);
            }
            selector.selectedKeys().clear();
        }
        return new LoadResult(answered, System.nanoTime() - startNanos, latencies);
    }

    private void serve(SelectionKey key) throws IOException, LoadException {
        LoadClient client = (LoadClient) key.attachment();
        if (key.isWritable()) {
            client.write();
        }
        if (key.isReadable() && client.read(received)) {
            latencies.add(System.nanoTime() - client.sentAtNanos());
            answered += client.requests();
            sendNext(client);
        }
    }

    private void sendNext(LoadClient client) throws IOException {
        int requests = Math.min(options.pipeline(), options.requests() - sent);
        if (requests > 0) {
            sent += requests;
            client.send(requests, nextKey);
        }
    }

    /** Returns how much time is left, at least one millisecond. */
    private long leftMillis() throws LoadException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) {
            throw new LoadException(
                    "Only "
                            + answered
                            + " of "
                            + options.requests()
                            + " requests were answered in "
                            + options.seconds()
                            + " seconds.");
        }
        return left;
    }
}
