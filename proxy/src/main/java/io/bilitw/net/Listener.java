package io.bilitw.net;

import io.bilitw.config.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.function.Consumer;

/** A listening socket of this process, whose clients it accepts. */
public final class Listener {

    /**
     * What the socket is like.
     *
     * @param descriptor the open socket, which listens already and becomes the listener's own
     * @param isKeptAlive whether the kernel probes idle clients
     */
    public record Settings(Address address, int descriptor, boolean isKeptAlive) {}

    private final Channel channel;

    private Listener(Channel channel) {
        this.channel = channel;
    }

    /**
     * Begins to accept, and waits until it does; not to be called on the event loop.
     *
     * @param onAccept is given each accepted socket, on {@code eventLoop}, before anything is read
     *     from it
     * @throws IOException if that is not possible; the message is one for the operator
     */
    public static Listener open(EventLoop eventLoop, Settings settings, Consumer<Channel> onAccept)
            throws IOException {
        ChannelFuture accepting =
                Transport.acceptOn(eventLoop, settings, onAccept).awaitUninterruptibly();
        if (!accepting.isSuccess()) {
            throw new IOException(
                    "cannot accept on '" + settings.address() + "': " + accepting.cause(),
                    accepting.cause());
        }
        return new Listener(accepting.channel());
    }

    /**
     * Accepts no more. The socket itself listens on if another process has it. To be called on the
     * event loop, or else the caller must wait for it by itself.
     */
    public void close() {
        channel.close();
    }
}
