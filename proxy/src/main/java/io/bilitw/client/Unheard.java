package io.bilitw.client;

import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.ResponseSink;
import io.bilitw.stats.Counters;
import io.bilitw.stats.PoolMetric;
import io.netty.buffer.ByteBuf;

/**
 * Takes the responses to a client's requests of which it has said that it wants none. Such a
 * request keeps no place among the client's others: nothing waits for it. Event-loop confined.
 */
final class Unheard implements ResponseSink {

    private final RequestPool requests;
    private final Counters<PoolMetric> counters;
    private int outstanding;
    private long heldBytes;

    Unheard(RequestPool requests, Counters<PoolMetric> counters) {
        this.requests = requests;
        this.counters = counters;
    }

    /** Makes a request of {@code bytes} bytes that nobody will hear of. */
    Request take(int bytes) {
        outstanding++;
        heldBytes += bytes;
        Request request = requests.take(this);
        request.addKept(bytes);
        return request;
    }

    /** About how many bytes of memory those take that are under way. */
    long heldBytes() {
        return heldBytes;
    }

    /** Tells whether all such requests have reached their servers, as their responses show. */
    boolean isIdle() {
        return outstanding == 0;
    }

    @Override
    public void onResponse(Request request, ByteBuf in, int from, int bytes) {
        end(request);
    }

    @Override
    public void onSilence(Request request) {
        end(request);
    }

    @Override
    public void onFailure(Request request, Failure failure) {
        counters.add(PoolMetric.FORWARD_ERROR, 1);
        end(request);
    }

    private void end(Request request) {
        outstanding--;
        heldBytes -= request.keptBytes();
        requests.giveBack(request);
    }
}
