package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket, of a client or to a server: bytes in to its handler, bytes out from its queue.
 * Event-loop confined.
 *
 * <p>A connection may be given bytes to write before it has a socket; they leave once it is
 * {@linkplain #start started}.
 */
public final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger("net");

    /**
     * How long input that nobody wants is read after the last answer, so that no reset overtakes
     * that answer.
     */
    private static final long LINGER_MILLIS = 1000;

    private final Loop loop;
    private final ConnectionHandler handler;
    private final ReadPlan reads;
    private final OutQueue out;
    private final SocketWriter writer;
    private @Nullable Channel channel;
    private Phase phase = Phase.OPEN;
    private boolean isStarted;
    private boolean isInputEnded;

    private boolean isPaused;

    /** When the last pause was over. */
    private long readOnNanos = Long.MIN_VALUE;

    /** How far the end has come. */
    private enum Phase {
        OPEN,
        /** What is queued is the last that will be written; input is thrown away. */
        FINISHING,
        /** The kernel has taken all; waiting for the peer to close. */
        LINGERING,
        CLOSED
    }

    /** Makes a connection that tells {@code handler} what happens. */
    public Connection(Loop loop, ConnectionHandler handler) {
        this.loop = loop;
        this.handler = handler;
        reads = new ReadPlan(loop);
        out = new OutQueue(loop, this);
        writer = new SocketWriter(loop, out);
    }

    /** Takes {@code socket}, which is not read from or written to yet, for its own. */
    public void attach(Channel socket) {
        channel = socket;
        socket.config().setRecvByteBufAllocator(reads);
        socket.pipeline().addLast(this);
    }

    /** What is to be written. */
    public OutQueue out() {
        return out;
    }

    /** Lets the queued bytes go out, now and from now on. */
    public void start() {
        isStarted = true;
        out.touch();
    }

    /** Writes {@code bytes} past the queue, before it is started. */
    public void writeFirst(byte[] bytes) {
        Channel socket = channel;
        if (socket != null) {
            socket.writeAndFlush(Unpooled.wrappedBuffer(bytes), socket.voidPromise());
        }
    }

    /** Writes what is queued, then closes; what comes in from now on is thrown away. */
    public void finish() {
        if (phase == Phase.OPEN) {
            phase = Phase.FINISHING;
            out.touch();
        }
    }

    /** Closes at once; the handler hears nothing more. What was not written is lost. */
    public void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            reads.close();
            out.close();
            Channel socket = channel;
            if (socket != null) {
                socket.close();
            }
        }
    }

    /** Reads no more, so that what the peer sends stays where a successor finds it. */
    public void pause() {
        Channel socket = channel;
        if (socket != null) {
            isPaused = true;
            socket.config().setAutoRead(false);
        }
    }

    /** Tells whether it reads no more for now. */
    public boolean isPaused() {
        return isPaused;
    }

    /**
     * Tells whether another process could go on with the socket: all is written, the peer has not
     * ended, and of what was read no more is kept than the beginning of a short message.
     */
    public boolean isAtRest() {
        Channel socket = channel;
        return phase == Phase.OPEN
                && isStarted
                && !writer.isStalled()
                && !isInputEnded
                && out.isEmpty()
                && socket != null
                && socket.isActive()
                && !reads.isLong();
    }

    /** Tells whether something still waits to be written. */
    public boolean isWriting() {
        return writer.isStalled() || !out.isEmpty();
    }

    /** Tells whether a message is coming in that is too long to be sent along. */
    public boolean isReadingLong() {
        return reads.isLong();
    }

    /** A copy of what was read and left by the handler. */
    public byte[] unread() {
        return reads.kept();
    }

    /** Puts {@code bytes}, the beginning of a message, in front of what will be read. */
    public void putUnread(byte[] bytes) {
        reads.keep(bytes);
    }

    /** Takes the socket off the event loop; done when the future is. */
    public ChannelFuture suspend() {
        return socket().deregister();
    }

    /** Puts a suspended socket back on the event loop, and reads on. */
    public void resume() {
        Channel socket = socket();
        loop.eventLoop().register(socket);
        readOn();
    }

    /** Reads again after a pause. */
    public void readOn() {
        Channel socket = channel;
        if (isPaused && socket != null) {
            isPaused = false;
            readOnNanos = System.nanoTime();
            socket.config().setAutoRead(true);
        }
    }

    /** When it began to read again, on the clock of {@link System#nanoTime}. */
    public long readOnNanos() {
        return readOnNanos;
    }

    /** Shows its handler once more what that has left of what was read, if there is something. */
    public void showAgain() {
        ByteBuf left = phase == Phase.OPEN ? reads.again() : null;
        if (left != null) {
            try {
                show(left);
            } catch (RuntimeException bug) {
                onProblem(bug);
            }
        }
    }

    /** How many bytes the kernel had no room for, as the peer has not taken those before them. */
    public long unsentBytes() {
        return SocketWriter.unsentBytes(channel);
    }

    /**
     * Since when the peer has taken nothing of what waits for it, on the clock of {@link
     * System#nanoTime}; {@code now} if it has taken something, or nothing waits.
     */
    public long stuckSince(long now) {
        return writer.stuckSince(channel, now);
    }

    /** About how many bytes of memory it holds. */
    public long heldBytes() {
        return reads.heldBytes() + out.queuedBytes() + unsentBytes();
    }

    /** The descriptor of the socket. */
    public int descriptor() {
        return ((UnixChannel) socket()).fd().intValue();
    }

    /** Lets go of a suspended socket, which lives on in another process. */
    public void abandon() {
        phase = Phase.CLOSED;
        reads.close();
        out.close();
        socket().unsafe().closeForcibly();
    }

    private Channel socket() {
        Channel socket = channel;
        if (socket == null) {
            throw new IllegalStateException("not attached");
        }
        return socket;
    }

    /** Tells whether the connection is gone, be it that its handler has not heard of it yet. */
    public boolean isClosed() {
        Channel socket = channel;
        return phase == Phase.CLOSED || (socket != null && !socket.isOpen());
    }

    /**
     * Writes the queue; called at the end of the turn. A bug closes this connection and no other.
     */
    void flush() {
        try {
            write();
        } catch (IOException | RuntimeException problem) {
            onProblem(problem);
        }
    }

    private void write() throws IOException {
        Channel socket = channel;
        if (isStarted && socket != null && writer.write(socket) && phase == Phase.FINISHING) {
            linger(socket);
        }
    }

    /** Tells the peer that this was all, and waits a little for it to close. */
    private void linger(Channel socket) {
        phase = Phase.LINGERING;
        readOn(); // else what the peer has sent would make the kernel reset the connection
        if (isInputEnded || !(socket instanceof DuplexChannel duplex)) {
            socket.close();
            return;
        }
        duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        loop.eventLoop().schedule(() -> socket.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        reads.onBytes();
        show(in);
    }

    /** Shows {@code in} to the handler, and keeps what it leaves. */
    private void show(ByteBuf in) {
        try {
            if (phase == Phase.OPEN) {
                loop.readClock();
                handler.onRead(in);
            } else {
                in.skipBytes(in.readableBytes());
            }
        } finally { // also after a bug of ours, of which exceptionCaught hears
            if (phase == Phase.CLOSED) {
                in.release();
            } else {
                reads.keepRest(in, in.isReadable() ? handler.expectedBytes() : 0);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            isInputEnded = true;
            if (phase == Phase.LINGERING) {
                ctx.close();
            } else if (phase == Phase.OPEN) {
                handler.onInputEnd();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable problem) {
        onProblem(problem);
    }

    private void onProblem(Throwable problem) {
        if (problem instanceof MemoryShortage) {
            log.warn("connection {} is closed: {}", channel, problem.getMessage());
        } else if (!(problem instanceof IOException)) {
            log.error("a bug closes connection {}", channel, problem);
        }
        fail(problem);
    }

    /**
     * Closes because of {@code problem}, or because the peer did if that is null, and tells the
     * handler.
     */
    private void fail(@Nullable Throwable problem) {
        if (phase != Phase.CLOSED) {
            loop.readClock();
            close();
            handler.onClosed(problem);
        }
    }
}
