package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * All that differs between the wire protocols, for one pool with its settings. Stateless after
 * construction.
 */
public interface Protocol {

    /** Begins the conversation with a client that has just connected. */
    Dialogue newDialogue(ClientFacts client);

    /** Makes the parser for a new server connection of {@code dialect}. */
    ResponseParser newResponseParser(int dialect);

    /**
     * Makes the parser for the responses to requests that go as one on a new server connection;
     * null if no request {@linkplain Dialogue#isShareable does}.
     */
    @Nullable SharedResponseParser newSharedResponseParser();

    /**
     * How many dialects there are. A server words its responses in the dialect that a connection
     * began with, so each dialect has server connections of its own.
     */
    int dialects();

    /** What a new server connection of {@code dialect}, counted from 0, has to say first. */
    Handshake handshake(int dialect);

    /**
     * A request, whole and in wire form, that every server answers at once and whose answer the
     * parser {@linkplain ResponseParser#isFence() knows}. It is sent behind a request that the
     * server may leave unanswered. Empty if the protocol has no such requests.
     */
    byte[] fence();

    /**
     * A request, whole and in wire form, that a server answers at once with {@linkplain #isProof a
     * proof} if it can serve.
     */
    byte[] probe();

    /**
     * Tells whether {@code bytes} bytes of {@code in} from index {@code from}, the response to
     * {@link #probe()}, show that the server can serve.
     */
    boolean isProof(ByteBuf in, int from, int bytes);

    /** Appends to {@code out} the error response for {@code failure}. */
    void writeFailure(Failure failure, ByteBuf out);

    /** Appends to {@code out} the error for a request of more than {@code maxBytes} bytes. */
    void writeRequestTooLarge(long maxBytes, ByteBuf out);

    /** Appends to {@code out} the error for a client that is one more than the pool takes. */
    void writeTooManyClients(ByteBuf out);
}
