package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;

/** A socket without a network, of which a test plays the peer; a character is a byte. */
public final class SampleSocket {

    private final EmbeddedChannel channel = new EmbeddedChannel();

    /** The channel, for the connection that owns the socket. */
    public Channel channel() {
        return channel;
    }

    /** Brings {@code text} in, in as many reads as Netty would need, and in the same buffers. */
    @SuppressWarnings("deprecation") // there is no other way to a connection's own allocator
    public void receive(String text) {
        RecvByteBufAllocator.Handle plan = channel.config().getRecvByteBufAllocator().newHandle();
        int at = 0;
        while (at < text.length() && channel.isOpen()) {
            ByteBuf in = plan.allocate(ByteBufAllocator.DEFAULT);
            int bytes = Math.min(in.writableBytes(), text.length() - at);
            in.writeCharSequence(text.substring(at, at + bytes), ISO_8859_1);
            at += bytes;
            channel.pipeline().fireChannelRead(in);
        }
    }

    /** What was written since this was asked last. */
    public String written() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(ISO_8859_1));
            out.release();
        }
        return text.toString();
    }

    /** Tells whether neither side has closed. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Lets the peer close in good order. */
    public void end() {
        channel.close();
    }

    /** Lets the peer say that it sends no more, while it still reads. */
    public void endInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    /** Lets the socket fail as the operating system tells it. */
    public void fail(IOException problem) {
        channel.pipeline().fireExceptionCaught(problem);
    }

    /** Frees what nobody has read. */
    public void close() {
        channel.finishAndReleaseAll();
    }
}
