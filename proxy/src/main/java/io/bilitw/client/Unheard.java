package io.bilitw.client;

import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.ResponseSink;
import io.bilitw.stats.Counters;
import io.bilitw.stats.PoolMetric;
import io.netty.buffer.ByteBuf;

/**
 * Takes the responses to requests whose clients have said that they want none. Such a request keeps
 * no place among the client's others: nothing waits for it. Event-loop confined.
 */
final class Unheard implements ResponseSink {

    private final RequestPool requests;
    private final Counters<PoolMetric> counters;

    Unheard(RequestPool requests, Counters<PoolMetric> counters) {
        this.requests = requests;
        this.counters = counters;
    }

    @Override
    public void onResponse(Request request, ByteBuf in, int from, int bytes) {
        requests.giveBack(request);
    }

    @Override
    public void onSilence(Request request) {
        requests.giveBack(request);
    }

    @Override
    public void onFailure(Request request, Failure failure) {
        counters.add(PoolMetric.FORWARD_ERROR, 1);
        requests.giveBack(request);
    }
}
