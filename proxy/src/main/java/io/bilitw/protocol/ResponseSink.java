package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Where an answered request goes. The client session implements it, and the joining of fragments,
 * so that a server need not know either.
 */
public interface ResponseSink {

    /**
     * Takes the whole response to {@code request}: {@code bytes} bytes of {@code in} from index
     * {@code from}. The buffer is only lent: it is written anew after this call, unless it is
     * retained.
     */
    void onResponse(Request request, ByteBuf in, int from, int bytes);

    /**
     * Takes the news that {@code request} was carried out and that the server keeps silent about
     * it; only for a {@linkplain ResponseMode#QUIET quiet} one.
     */
    void onSilence(Request request);

    /** Tells whether nobody waits for responses any more, so that they need not be kept. */
    default boolean isGone() {
        return false;
    }

    /** Takes the news that {@code request} will have no response of a server. */
    void onFailure(Request request, Failure failure);
}
