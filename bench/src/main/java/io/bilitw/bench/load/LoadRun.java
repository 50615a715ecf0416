package io.bilitw.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * The clients of one load, all on the thread that calls. They are a closed loop, each sending its
 * next batch when the last is answered; or, at a fixed rate, an open one.
 */
public final class LoadRun implements Closeable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int RECEIVE_BYTES = 256 << 10;

    private final LoadOptions options;
    private final Selector selector;
    private final IntSupplier nextKey;
    private final long deadlineNanos;
    private final List<LoadClient> clients = new ArrayList<>();
    private final ArrayDeque<LoadClient> idle = new ArrayDeque<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private Latencies latencies = new Latencies();
    private Schedule schedule = Schedule.AT_ONCE;
    private int limit; // of the requests
    private int sent; // requests
    private int answered; // requests

    private LoadRun(LoadOptions options, Selector selector) {
        this.options = options;
        this.selector = selector;
        nextKey = options.fills() ? inOrder() : random(options.seed(), options.keys());
        deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
    }

    /**
     * Connects the clients. The caller closes the load.
     *
     * @throws LoadException when the time was over before all were connected
     */
    public static LoadRun connect(LoadOptions options) throws IOException, LoadException {
        LoadRun run = new LoadRun(options, Selector.open());
        try {
            run.connect();
            return run;
        } catch (IOException | LoadException e) {
            run.close();
            throw e;
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

    @Override
    public void close() throws IOException {
        for (LoadClient client : clients) {
            client.close();
        }
        selector.close();
    }

    /**
     * Lets every client ask once, so that all are accepted; nothing of that is in a later result.
     *
     * @throws LoadException when a response is wrong, or missing when the time is over
     */
    public void greet() throws IOException, LoadException {
        run(clients.size(), 1, Schedule.AT_ONCE);
    }

    /**
     * Sends what the options ask for and returns what was measured.
     *
     * @throws LoadException when a response is wrong, or missing when the time is over
     */
    public LoadResult load() throws IOException, LoadException {
        long startNanos = System.nanoTime();
        run(
                options.requests(),
                options.pipeline(),
                Schedule.from(startNanos, options.rate(), options.millis()));
        return new LoadResult(answered, System.nanoTime() - startNanos, latencies);
    }

    private void run(int requests, int pipeline, Schedule newSchedule)
            throws IOException, LoadException {
        limit = requests;
        schedule = newSchedule;
        sent = 0;
        answered = 0;
        latencies = new Latencies();
        idle.clear();
        idle.addAll(clients);
        sendDue(pipeline);
        while (answered < sent || !isAllSent()) {
            await();
            for (SelectionKey key : selector.selectedKeys()) {
                serve(key);
            }
            selector.selectedKeys().clear();
            sendDue(pipeline);
        }
    }

    private boolean isAllSent() {
        return sent >= limit || schedule.isOver(System.nanoTime());
    }

    /** Waits for responses, but not past the time that the next request is due. */
    private void await() throws IOException, LoadException {
        long left = leftMillis();
        if (idle.isEmpty() || isAllSent()) {
            selector.select(left);
        } else if (answered < sent) {
            selector.select(1);
        } else {
            schedule.awaitDue(sent);
            selector.selectNow();
        }
    }

    private void serve(SelectionKey key) throws IOException, LoadException {
        LoadClient client = (LoadClient) key.attachment();
        if (key.isWritable()) {
            client.write();
        }
        if (key.isReadable() && client.read(received)) {
            latencies.add(System.nanoTime() - client.dueNanos());
            answered += client.requests();
            idle.add(client);
        }
    }

    /** Lets clients that have nothing to do send what is due. */
    private void sendDue(int pipeline) throws IOException {
        while (!idle.isEmpty() && sent < limit) {
            long now = System.nanoTime();
            long dueNanos = schedule.dueNanos(sent, now);
            if (dueNanos > now || schedule.isOver(now)) {
                return;
            }
            int requests = Math.min(pipeline, limit - sent);
            sent += requests;
            idle.remove().send(requests, nextKey, dueNanos);
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
