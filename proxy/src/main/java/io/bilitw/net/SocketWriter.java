package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the queue of one connection to its socket. Event-loop confined. */
final class SocketWriter {

    private final Loop loop;
    private final OutQueue out;

    /**
     * The peer reads too slowly, and Netty holds what the kernel did not take. What comes meanwhile
     * is gathered in the queue: it would cost Netty a whole buffer a turn, be it for a few bytes.
     */
    private boolean isStalled;

    /** When that began, and with how many bytes. */
    private long stalledNanos;

    private long stalledBytes;

    SocketWriter(Loop loop, OutQueue out) {
        this.loop = loop;
        this.out = out;
    }

    /** Tells whether the peer has to read before more can be written. */
    boolean isStalled() {
        return isStalled;
    }

    /** How many bytes Netty holds for {@code socket}. */
    static long unsentBytes(@Nullable Channel socket) {
        ChannelOutboundBuffer pending = socket == null ? null : socket.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }

    /** Since when the peer has read nothing of them; {@code now} if it has, or there are none. */
    long stuckSince(@Nullable Channel socket, long now) {
        return isStalled && unsentBytes(socket) == stalledBytes ? stalledNanos : now;
    }

    /**
     * Writes what is queued, in one system call if the kernel takes it.
     *
     * @return whether the kernel has it all
     * @throws IOException if the socket has failed
     */
    boolean write(Channel socket) throws IOException {
        ChannelOutboundBuffer pending = socket.unsafe().outboundBuffer();
        if (isStalled || pending == null) { // closing then; channelInactive is on its way
            return false;
        }
        ByteBuf single = pending.isEmpty() ? out.takeSingle() : null;
        if (single != null) {
            writeDirectly(socket, single);
        }
        if (!out.isEmpty()) {
            for (ByteBuf next = out.takeNext(); next != null; next = out.takeNext()) {
                socket.write(next, socket.voidPromise());
            }
            socket.flush();
        }
        if (pending.isEmpty()) {
            return true;
        }
        isStalled = true;
        stalledNanos = loop.nowNanos();
        stalledBytes = pending.totalPendingWriteBytes();
        socket.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::onDrained);
        return false;
    }

    /** Goes on after the kernel has taken all that was left to Netty, or after the end. */
    private void onDrained(Future<?> drained) {
        isStalled = false;
        if (drained.isSuccess()) {
            out.touch();
        }
    }

    /**
     * Spares Netty's write path in the common case; gives it what the kernel does not take at once.
     */
    private void writeDirectly(Channel socket, ByteBuf buffer) throws IOException {
        try {
            if (socket instanceof UnixChannel unix && buffer.hasMemoryAddress()) {
                int end = buffer.writerIndex();
                int written =
                        unix.fd().writeAddress(buffer.memoryAddress(), buffer.readerIndex(), end);
                if (written == buffer.readableBytes()) {
                    loop.giveBackChunk(buffer);
                    return;
                }
                buffer.skipBytes(written);
            }
        } catch (IOException e) {
            buffer.release();
            throw e;
        }
        socket.writeAndFlush(buffer, socket.voidPromise());
    }
}
