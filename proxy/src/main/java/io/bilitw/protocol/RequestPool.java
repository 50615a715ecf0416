package io.bilitw.protocol;

import java.util.ArrayDeque;

/**
 * The requests of one worker that are free for use, so that the steady state allocates none.
 * Event-loop confined.
 */
public final class RequestPool {

    private static final int MAX_FREE = 16_384;

    private final ArrayDeque<Request> free = new ArrayDeque<>();
    private int inUse;

    /** How many requests are under way. */
    public int inUse() {
        return inUse;
    }

    /** Begins a request whose answer goes to {@code sink}. */
    public Request take(ResponseSink sink) {
        return take(sink, 0);
    }

    /** Begins fragment {@code fragment} of a split request; its answer goes to {@code sink}. */
    public Request take(ResponseSink sink, int fragment) {
        inUse++;
        Request request = free.pollLast();
        return (request == null ? new Request() : request).begin(sink, fragment);
    }

    /** Takes back {@code request}, which nobody may use any more, and releases what it holds. */
    public void giveBack(Request request) {
        request.end();
        inUse--;
        if (free.size() < MAX_FREE) {
            free.addLast(request);
        }
    }
}
