package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation: its parser, what it has said that lasts (its password, its name), and
 * the answers that the proxy gives itself.
 *
 * <p>Event-loop confined, one a client connection.
 */
public interface Dialogue {

    /** The connection this is about. */
    ClientFacts client();

    /** What must outlive a change of the process: what the client has said that lasts, by name. */
    Map<String, String> state();

    /** Goes on where another dialogue had this {@link #state}; unknown names say nothing. */
    void restore(Map<String, String> state);

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
     * How the responses of all servers are joined, if the complete request is {@linkplain
     * Handling#BROADCAST for all of them}.
     */
    Coalescer coalescer();

    /**
     * Tells whether the complete request, one to be {@linkplain Handling#FORWARD forwarded}, may go
     * to a server as one with others of which this is true: its part ({@link
     * RequestParser#partFrom}) and its end then take the place of the end of the one before it, and
     * the server answers all of them in one response, for {@link SharedResponseParser}.
     */
    boolean isShareable();

    /** What the complete request is for. */
    RequestKind kind();

    /**
     * The kind of the complete request in twemproxy's words (nc_message.h:MSG_TYPE_CODEC), for
     * example {@code REQ_REDIS_GET}.
     */
    String requestType();

    /** Whether the client is to get a response to the complete request. */
    ResponseMode responseMode();

    /**
     * What a server says to the complete request, or to a fragment of it, when it has none of the
     * {@code keys} keys; null if the request is no plain read.
     */
    byte @Nullable [] miss(int keys);

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
