package io.bilitw.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.IntSupplier;

/** One connection: it sends a batch of requests, and no other before that is answered. */
final class LoadClient implements Closeable {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final RequestBatch batch;
    private final ResponseScanner scanner;
    private long dueNanos;

    private LoadClient(SocketChannel channel, Selector selector, LoadOptions options)
            throws IOException {
        this.channel = channel;
        LoadCommand command = options.command();
        LoadProtocol protocol = options.protocol();
        batch = new RequestBatch(protocol, command, options.valueBytes(), options.pipeline());
        scanner = protocol.scanner(batch, command, options.valueBytes());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Connects within the time. */
    static LoadClient connect(
            InetSocketAddress address, Selector selector, LoadOptions options, int timeoutMillis)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, timeoutMillis);
            return new LoadClient(channel, selector, options);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a batch of so many requests, which were due at that time. */
    void send(int requests, IntSupplier nextKey, long dueNanos) throws IOException {
        batch.renew(requests, nextKey);
        scanner.restart();
        this.dueNanos = dueNanos;
        write();
    }

    /** Writes what the kernel takes, and waits to be told when it takes the rest. */
    void write() throws IOException {
        channel.write(batch.unsent());
        boolean waits = batch.unsent().hasRemaining();
        if (waits != ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
            key.interestOps(SelectionKey.OP_READ | (waits ? SelectionKey.OP_WRITE : 0));
        }
    }

    /** Reads once, into a buffer that is the caller's; returns whether that completed the batch. */
    boolean read(ByteBuffer buffer) throws IOException, LoadException {
        buffer.clear();
        int bytes = channel.read(buffer);
        if (bytes < 0) {
            throw new LoadException("The server closed a connection.");
        }
        return bytes > 0 && scanner.scan(buffer.flip());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    int requests() {
        return batch.requests();
    }

    long dueNanos() {
        return dueNanos;
    }
}
