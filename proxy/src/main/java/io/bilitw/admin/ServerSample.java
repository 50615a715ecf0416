package io.bilitw.admin;

import io.bilitw.stats.Latencies;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.ServerTotals;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What a server did between the last two samples.
 *
 * @param requests how many requests it had been sent up to the last one
 * @param latencies how long its responses had taken up to the last one
 * @param requestsPerSecond between the two
 * @param recent how long its responses took between the two
 */
record ServerSample(
        long requests, Latencies latencies, double requestsPerSecond, Latencies recent) {

    /** Goes on from {@code before}, or without that begins with nothing. */
    static ServerSample of(@Nullable ServerSample before, ServerTotals server, double seconds) {
        long requests = server.counters().value(ServerMetric.REQUESTS);
        Latencies latencies = server.latencies();
        return before == null
                ? new ServerSample(requests, latencies, 0, new Latencies())
                : new ServerSample(
                        requests,
                        latencies,
                        PoolSamples.rate(requests - before.requests, seconds),
                        latencies.since(before.latencies));
    }

    void write(JsonGenerator json) {
        json.writeStartArray();
        json.writeNumber(requestsPerSecond);
        json.writeNumber(recent.percentileMicros(0.5));
        json.writeNumber(recent.percentileMicros(0.99));
        json.writeEndArray();
    }
}
