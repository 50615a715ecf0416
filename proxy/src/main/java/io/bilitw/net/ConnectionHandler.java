package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a connection tells its owner. All calls come on the event loop. */
public interface ConnectionHandler {

    /**
     * Takes the whole messages at the front of {@code in} and moves its reader index past them.
     * What stays is shown again, at the front of what comes next. The buffer is only lent: it is
     * written anew after this call, unless something of it was put where it is kept ({@link
     * OutQueue#append}, {@link HoldArea#hold}).
     */
    void onRead(ByteBuf in);

    /**
     * The least number of bytes that the message has of which {@link #onRead} has left the
     * beginning.
     */
    int expectedBytes();

    /** Takes the news that the peer will send no more, while it may still read. */
    void onInputEnd();

    /**
     * Takes the news that the connection is gone, for {@code cause} or in good order if that is
     * null. Comes once.
     */
    void onClosed(@Nullable Throwable cause);
}
