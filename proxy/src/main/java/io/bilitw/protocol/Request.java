package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request, or one fragment of a request, from birth to answer. Its bytes are not here: they are
 * on their way to the server already.
 *
 * <p>Reused: {@link RequestPool} hands it out and takes it back. Event-loop confined.
 */
public final class Request {

    private @Nullable ResponseSink sink;
    private long queuedNanos;
    private int fragment;
    private boolean isAnswered;
    private @Nullable ByteBuf response;
    private int responseFrom;
    private int responseBytes;

    Request() {}

    /**
     * Begins a new life; {@code fragment} is its place among the fragments of a split request, else
     * 0.
     */
    Request begin(ResponseSink sink, int fragment) {
        this.sink = sink;
        this.fragment = fragment;
        return this;
    }

    /** Ends this life, releasing the response if one is still held. */
    void end() {
        if (sink == null) {
            // A bug; two clients would share the request, and one would have the other's answer.
            throw new IllegalStateException("request given back twice");
        }
        ByteBuf held = response;
        if (held != null) {
            held.release();
        }
        sink = null;
        response = null;
        isAnswered = false;
    }

    /** Where the answer goes. */
    public ResponseSink sink() {
        ResponseSink current = sink;
        if (current == null) {
            throw new IllegalStateException("request used after its end");
        }
        return current;
    }

    /** Its place among the fragments of a split request. */
    public int fragment() {
        return fragment;
    }

    /** When it was put on a server connection, on the clock of {@link System#nanoTime}. */
    public long queuedNanos() {
        return queuedNanos;
    }

    /** Notes when it was put on a server connection. */
    public void queuedAt(long nanos) {
        queuedNanos = nanos;
    }

    /** Tells whether its response is {@linkplain #hold held} here and waits for its turn. */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** Keeps the response until its turn comes; takes over one reference of {@code buffer}. */
    public void hold(ByteBuf buffer, int from, int bytes) {
        response = buffer;
        responseFrom = from;
        responseBytes = bytes;
        isAnswered = true;
    }

    /** The buffer that holds the response; still owned by this request. */
    public ByteBuf response() {
        ByteBuf held = response;
        if (held == null) {
            throw new IllegalStateException("no response is held");
        }
        return held;
    }

    /** Index in {@link #response()} of the response's first byte. */
    public int responseFrom() {
        return responseFrom;
    }

    /** Length of the response in bytes. */
    public int responseBytes() {
        return responseBytes;
    }
}
