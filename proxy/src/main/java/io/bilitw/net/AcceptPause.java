package io.bilitw.net;

import io.bilitw.config.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses accepting when the system gives no file or no memory for another client, and goes on: who
 * waits to be accepted still waits, and is served when others have gone. Event-loop confined.
 */
final class AcceptPause extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger("client");

    private static final long PAUSE_MILLIS = 100;

    /** How long nothing is said of it again. */
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Address address;
    private long nextWordNanos = System.nanoTime();

    /** Watches over the socket that listens on {@code address}. */
    AcceptPause(Address address) {
        this.address = address;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable problem) {
        Channel listener = ctx.channel();
        listener.config().setAutoRead(false);
        listener.eventLoop().schedule(() -> goOn(listener), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (!(problem instanceof IOException)) {
            log.error("a bug stops accepting on '{}' for a moment", address, problem);
            return;
        }
        long now = System.nanoTime();
        if (now - nextWordNanos >= 0) {
            nextWordNanos = now + SILENCE_NANOS;
            log.error(
                    "clients of '{}' wait, as none can be accepted: {}; trying again every {} ms,"
                            + " without a word for a minute",
                    address,
                    problem.getMessage(),
                    PAUSE_MILLIS);
        }
    }

    private static void goOn(Channel listener) {
        if (listener.isOpen()) {
            listener.config().setAutoRead(true);
        }
    }
}
