package io.bilitw.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * A blocking connection that knows each byte it should get, and turns whatever else happens into a
 * {@link LoadFault}.
 *
 * <p>For one thread, but {@link LoadWatch} may cut it from another.
 */
final class LoadConnection implements AutoCloseable {

    private static final long LIMIT_NANOS = 5_000_000_000L;
    private static final long NONE = 0;

    /** One system call that may block. */
    @FunctionalInterface
    private interface Step {
        int take() throws IOException;
    }

    private final SocketChannel channel;
    private final LoadWatch watch;
    private final ByteBuffer in = ByteBuffer.allocate(16 * 1024).limit(0);
    private volatile long deadlineNanos = NONE;
    private volatile boolean isLate;

    private LoadConnection(SocketChannel channel, LoadWatch watch) {
        this.channel = channel;
        this.watch = watch;
        watch.add(this);
    }

    /** Connects to {@code address}. */
    static LoadConnection open(SocketAddress address, LoadWatch watch) throws LoadFault {
        LoadConnection connection = new LoadConnection(channelFor(address), watch);
        boolean isConnected = false;
        try {
            connection.connect(address);
            isConnected = true;
        } finally {
            if (!isConnected) {
                connection.close();
            }
        }
        return connection;
    }

    private static SocketChannel channelFor(SocketAddress address) throws LoadFault {
        try {
            return address instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
        } catch (IOException e) {
            throw new LoadFault(FaultKind.BROKEN, e.toString());
        }
    }

    private void connect(SocketAddress address) throws LoadFault {
        String expected = "expected a connection to " + address;
        within(FaultKind.REFUSED, expected, () -> channel.connect(address) ? 1 : 0);
        if (address instanceof InetSocketAddress) {
            within(FaultKind.RESET, expected, this::sendAtOnce);
        }
    }

    private int sendAtOnce() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return 0;
    }

    /** Sends all these bytes, which are those of {@code name}. */
    void send(String name, String text) throws LoadFault {
        ByteBuffer out = ByteBuffer.wrap(Resp.bytes(text));
        within(FaultKind.RESET, "could not send " + name, () -> channel.write(out));
    }

    /** Waits for the whole answer to {@code request}, which has been sent. */
    void expect(LoadRequest request) throws LoadFault {
        byte[] answer = Resp.bytes(request.answer());
        int matched = 0;
        while (matched < answer.length) {
            if (!in.hasRemaining() && receive(expected(request, matched)) < 0) {
                throw new LoadFault(FaultKind.END, expected(request, matched));
            }
            int from = in.position();
            int count = Math.min(in.remaining(), answer.length - matched);
            int end = matched + count;
            int at = Arrays.mismatch(in.array(), from, from + count, answer, matched, end);
            if (at >= 0) {
                throw wrong(request, matched, matched + at);
            }
            in.position(from + count);
            matched = end;
        }
    }

    /** Checks that nothing has come, not even the end, since the last answer. */
    void expectSilence() throws LoadFault {
        String expected = "expected an open connection and no bytes while idle";
        if (!in.hasRemaining() && within(FaultKind.RESET, expected, this::receiveNow) < 0) {
            throw new LoadFault(FaultKind.END, expected);
        }
        if (in.hasRemaining()) {
            throw new LoadFault(FaultKind.WRONG, expected + ", came " + rest());
        }
    }

    /** Says that no more requests come, and waits for the peer to close as well. */
    void finish() throws LoadFault {
        String expected = "expected the peer to close after this end did";
        within(FaultKind.RESET, expected, this::halfClose);
        if (in.hasRemaining() || receive(expected) >= 0) {
            throw new LoadFault(FaultKind.WRONG, expected + ", came " + rest());
        }
    }

    private int halfClose() throws IOException {
        channel.shutdownOutput();
        return 0;
    }

    private int receive(String expected) throws LoadFault {
        return within(FaultKind.RESET, expected, this::read);
    }

    private int receiveNow() throws IOException {
        channel.configureBlocking(false);
        int count = read();
        channel.configureBlocking(true);
        return count;
    }

    private int read() throws IOException {
        int count = channel.read(in.clear());
        in.flip();
        return count;
    }

    private int within(FaultKind kind, String expected, Step step) throws LoadFault {
        deadlineNanos = System.nanoTime() + LIMIT_NANOS;
        try {
            return step.take();
        } catch (IOException e) {
            throw isLate
                    ? new LoadFault(FaultKind.LATE, expected)
                    : new LoadFault(kind, expected + ", came " + e);
        } finally {
            deadlineNanos = NONE;
        }
    }

    private static String expected(LoadRequest request, int matched) {
        String answer = request.answer();
        return "expected "
                + LoadFault.shown(answer, matched)
                + " for "
                + request.name()
                + ", got "
                + matched
                + " of "
                + answer.length()
                + " bytes of it";
    }

    /** Both texts are shown from the same place on. */
    private LoadFault wrong(LoadRequest request, int matched, int at) {
        String came = request.answer().substring(0, matched) + Resp.text(unread());
        return new LoadFault(
                FaultKind.WRONG,
                expected(request, at) + ", then came " + LoadFault.shown(came, at));
    }

    private byte[] unread() {
        return Arrays.copyOfRange(in.array(), in.position(), in.limit());
    }

    private String rest() {
        return LoadFault.shown(Resp.text(unread()), 0);
    }

    /** Ends whatever the connection's thread waits for, if it has waited long enough. */
    void cutIfLate() {
        long deadline = deadlineNanos;
        if (deadline != NONE && System.nanoTime() - deadline > 0) {
            isLate = true;
            cut();
        }
    }

    /** Ends whatever the connection's thread waits for. */
    void cut() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is of no use any more, whatever became of it.
        }
    }

    @Override
    public void close() {
        watch.remove(this);
        cut();
    }
}
