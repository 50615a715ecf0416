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

    Unheard(RequestPool requests, Counters<PoolMetric> counters) {
        this.requests = requests;
        this.counters = counters;
    }

    /** Makes a request that nobody will hear of. */
    Request take() {
        outstanding++;
        return requests.take(this);
    }

    /** Tells whether all such requests have reached their servers, as their responses show. */
    boolean isIdle() {
        return outstanding == 0;
    }

    @Override
    public void onResponse(Request request, ByteBuf in, int from, int bytes) {
        outstanding--;
        requests.giveBack(request);
    }

    @Override
    public void onSilence(Request request) {
        outstanding--;
        requests.giveBack(request);
    }

    @Override
    public void onFailure(Request request, Failure failure) {
        counters.add(PoolMetric.FORWARD_ERROR, 1);
        outstanding--;
        requests.giveBack(request);
    }
}
