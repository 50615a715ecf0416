package io.bilitw.admin;

import io.bilitw.stats.PoolTotals;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.ServerTotals;
import io.bilitw.stats.Snapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/**
 * The last {@value #COUNT} samples of all pools, and what each server did between the last two. For
 * one thread.
 */
final class Samples {

    /** Five minutes, a sample a second. */
    static final int COUNT = 300;

    private final long[] millis = new long[COUNT];
    private long taken; // how many samples ever; the next one goes to taken % COUNT
    private final Map<String, PoolSamples> pools = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> requests = new HashMap<>();
    private final Map<String, Map<String, Double>> serverRates = new LinkedHashMap<>();
    private long lastNanos;
    private boolean hasFirst;

    /** Adds what has happened since the last time; the first time there is nothing to add. */
    void add(Snapshot now, long atMillis, long atNanos) {
        double seconds = (double) (atNanos - lastNanos) / TimeUnit.SECONDS.toNanos(1);
        lastNanos = atNanos;
        int at = (int) (taken % COUNT);
        pools.keySet()
                .removeIf(name -> now.pools().stream().noneMatch(it -> it.name().equals(name)));
        serverRates.clear();
        for (PoolTotals pool : now.pools()) {
            PoolSamples samples =
                    pools.computeIfAbsent(pool.name(), _ -> new PoolSamples(COUNT, pool));
            if (hasFirst) {
                samples.add(at, pool, seconds);
                serverRates.put(pool.name(), rates(pool, seconds));
            }
            requests.put(pool.name(), requests(pool));
        }
        requests.keySet().retainAll(pools.keySet());
        if (hasFirst) {
            millis[at] = atMillis;
            taken++;
        }
        hasFirst = true;
    }

    private Map<String, Double> rates(PoolTotals pool, double seconds) {
        Map<String, Long> before = requests.getOrDefault(pool.name(), Map.of());
        Map<String, Double> rates = new LinkedHashMap<>();
        for (ServerTotals server : pool.servers()) {
            long count = server.counters().value(ServerMetric.REQUESTS);
            long more = count - before.getOrDefault(server.name(), count);
            rates.put(server.name(), PoolSamples.rate(more, seconds));
        }
        return rates;
    }

    private static Map<String, Long> requests(PoolTotals pool) {
        Map<String, Long> requests = new HashMap<>();
        for (ServerTotals server : pool.servers()) {
            requests.put(server.name(), server.counters().value(ServerMetric.REQUESTS));
        }
        return requests;
    }

    /** Writes the samples younger than {@code sinceMillis}, oldest first. */
    void write(JsonGenerator json, long sinceMillis) {
        long from = Math.max(0, taken - COUNT);
        while (from < taken && millis[(int) (from % COUNT)] <= sinceMillis) {
            from++;
        }
        json.writeStartObject();
        json.writeArrayPropertyStart("millis");
        for (long i = from; i < taken; i++) {
            json.writeNumber(millis[(int) (i % COUNT)]);
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("pools");
        for (Map.Entry<String, PoolSamples> pool : pools.entrySet()) {
            json.writeObjectPropertyStart(pool.getKey());
            pool.getValue().write(json, from, taken);
            json.writeObjectPropertyStart("servers");
            serverRates.getOrDefault(pool.getKey(), Map.of()).forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
