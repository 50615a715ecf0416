package io.bilitw.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small client that sends any bytes and reads one response after the other, over TCP or a unix
 * socket.
 *
 * <p>It waits at most {@link #LIMIT} for anything. While it sends it also reads what has come, so a
 * deep pipeline cannot lock both sides up. Not for several threads.
 *
 * @param <A> a response of its protocol
 */
public abstract sealed class CacheClient<A> implements Closeable
        permits RespClient, MemcacheClient {

    /** How long one call may wait. */
    public static final Duration LIMIT = Duration.ofSeconds(15);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(256 * 1024);
    private byte[] received = new byte[1024];
    private int from;
    private int to;
    private boolean peerHasClosed;

    /** Connects to {@code address}. */
    CacheClient(SocketAddress address) {
        try {
            channel = SocketChannel.open(address);
            if (address instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            selector = Selector.open();
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + address, e);
        }
    }

    /**
     * Returns the offset behind the response that begins at {@code from}, or -1 when it is not
     * whole yet.
     */
    abstract int end(byte[] in, int from, int to);

    /** Makes a response of all its bytes, which it takes over. */
    abstract A response(byte[] bytes);

    /** Stores something under {@code key}; fails if that is refused. */
    abstract void store(String key);

    /** Says whether something is stored under {@code key}. */
    abstract boolean holds(String key);

    /** Empties the server. */
    abstract void flush();

    /** Sends these bytes as they are, in as few segments as the kernel likes. */
    public CacheClient<A> send(String text) {
        return send(Resp.bytes(text));
    }

    /** Sends these bytes as they are. */
    public CacheClient<A> send(byte[] bytes) {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        ByteBuffer out = ByteBuffer.wrap(bytes);
        try {
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    waitFor(SelectionKey.OP_READ | SelectionKey.OP_WRITE, deadlineNanos);
                    receive();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Reads the next response; fails when the peer closes before it is whole. */
    public A read() {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        int end = end(received, from, to);
        while (end < 0) {
            if (peerHasClosed) {
                throw new IllegalStateException("closed in the middle of: " + leftover());
            }
            awaitBytes(deadlineNanos);
            end = end(received, from, to);
        }
        A response = response(Arrays.copyOfRange(received, from, end));
        from = end;
        return response;
    }

    /** Reads the next {@code count} responses. */
    public List<A> read(int count) {
        var responses = new ArrayList<A>(count);
        for (int i = 0; i < count; i++) {
            responses.add(read());
        }
        return responses;
    }

    /** Reads until the peer closes and returns all that was not read yet. */
    public String readToEnd() {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!peerHasClosed) {
            awaitBytes(deadlineNanos);
        }
        String rest = leftover();
        from = to;
        return rest;
    }

    /** Sends FIN: no more requests, but still listening. */
    public CacheClient<A> halfClose() {
        try {
            channel.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Vanishes with a reset. */
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** The port of this end of the connection. */
    public int localPort() {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String leftover() {
        return Resp.text(Arrays.copyOfRange(received, from, to));
    }

    private void awaitBytes(long deadlineNanos) {
        try {
            waitFor(SelectionKey.OP_READ, deadlineNanos);
            receive();
        } catch (IOException e) {
            throw new UncheckedIOException("after " + leftover(), e);
        }
    }

    private void waitFor(int operations, long deadlineNanos) throws IOException {
        long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        key.interestOps(peerHasClosed ? operations & ~SelectionKey.OP_READ : operations);
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new IllegalStateException("nothing within " + LIMIT + " after: " + leftover());
        }
        selector.selectedKeys().clear();
    }

    private void receive() throws IOException {
        int count = channel.read(chunk.clear());
        if (count < 0) {
            peerHasClosed = true;
        } else if (count > 0) {
            makeRoom(count);
            chunk.flip().get(received, to, count);
            to += count;
        }
    }

    private void makeRoom(int count) {
        if (to + count > received.length) {
            int held = to - from;
            int size = Math.max(received.length, 2 * (held + count));
            byte[] larger = new byte[size];
            System.arraycopy(received, from, larger, 0, held);
            received = larger;
            from = 0;
            to = held;
        }
    }
}
