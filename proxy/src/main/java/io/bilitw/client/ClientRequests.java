package io.bilitw.client;

import io.bilitw.net.Loop;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.RequestQueue;
import io.bilitw.protocol.ResponseSink;
import io.bilitw.stats.Counters;
import io.bilitw.stats.PoolMetric;
import org.jspecify.annotations.Nullable;

/**
 * What one client has asked and not been answered: those requests that wait for their responses, in
 * the order in which they came, and those that want none. Event-loop confined.
 */
final class ClientRequests {

    /** The memory of a queue that was longer than this is not kept for ever. */
    private static final int LONG_QUEUE = 1024;

    private final Loop loop;
    private final RequestPool requests;
    private final Counters<PoolMetric> counters;
    private final RequestQueue unanswered = new RequestQueue(LONG_QUEUE);

    /** Where the responses go that the client does not want; most clients want all. */
    private @Nullable Unheard unheard;

    ClientRequests(Loop loop, RequestPool requests, Counters<PoolMetric> counters) {
        this.loop = loop;
        this.requests = requests;
        this.counters = counters;
    }

    /**
     * Begins a request of {@code bytes} bytes that waits in line, and whose response goes to {@code
     * sink}.
     */
    Request add(ResponseSink sink, int bytes) {
        Request request = requests.take(sink);
        request.addKept(bytes);
        request.arrivedAt(loop.nowNanos());
        unanswered.add(request);
        return request;
    }

    /** Begins a request of {@code bytes} bytes that waits for nothing. */
    Request addUnheard(int bytes) {
        Unheard sink = unheard;
        if (sink == null) {
            sink = new Unheard(requests, counters);
            unheard = sink;
        }
        Request request = sink.take(bytes);
        request.arrivedAt(loop.nowNanos());
        return request;
    }

    /** The oldest of those that wait, or null. */
    @Nullable Request first() {
        return unanswered.first();
    }

    /** Takes the oldest out of the line. */
    void takeFirst() {
        unanswered.takeFirst();
    }

    /** Tells whether none waits in line. */
    boolean isEmpty() {
        return unanswered.isEmpty();
    }

    /** Tells whether a server has yet to answer, be it that the client does not want to hear it. */
    boolean isWaiting() {
        return !unanswered.isEmpty() || (unheard != null && !unheard.isIdle());
    }

    /** About how many bytes of memory all of them hold. */
    long heldBytes() {
        long bytes = unheard == null ? 0 : unheard.heldBytes();
        for (Request request : unanswered) {
            bytes += request.heldBytes();
        }
        return bytes;
    }

    /**
     * Forgets those that wait: the client has gone. Those that are not answered come back with
     * their responses.
     *
     * @return how many there were
     */
    int forget() {
        int count = unanswered.size();
        for (Request request = unanswered.takeFirst();
                request != null;
                request = unanswered.takeFirst()) {
            if (request.isAnswered()) {
                requests.giveBack(request);
            }
        }
        return count;
    }

    /** Takes back a request that is over. */
    void giveBack(Request request) {
        requests.giveBack(request);
    }
}
