package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/**
 * One client's conversation: its parser, what it has said that lasts (its password, its name), and
 * the answers that the proxy gives itself.
 *
 * <p>Event-loop confined, one a client connection.
 */
public interface Dialogue {

    /** The connection this is about. */
    ClientFacts client();

    /** The parser of this client's requests. */
    RequestParser parser();

    /**
     * The dialect in which the client expects responses now, one of {@link Protocol#dialects()}.
     */
    int dialect();

    /** What to do with the request that {@link #parser()} has just completed. */
    Handling handling();

    /**
     * How the complete request is cut and joined, if it is to be {@linkplain Handling#SPLIT split}.
     */
    Split split();

    /**
     * Appends to {@code out} the proxy's own answer to the complete request, which is one for
     * {@link Handling#ANSWER}.
     *
     * @return whether the connection stays open; if not it closes once the answer is delivered
     */
    boolean answer(ByteBuf out);

    /**
     * Appends to {@code out} the error for input that the parser has found {@link
     * ParseStatus#INVALID}.
     */
    void answerInvalid(ByteBuf out);
}
