package io.bilitw.admin;

import io.bilitw.stats.PoolTotals;
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
    private final Map<String, Map<String, ServerSample>> servers = new HashMap<>();
    private long lastNanos;
    private boolean hasFirst;

    /** Adds what has happened since the last time; the first time there is nothing to add. */
    void add(Snapshot now, long atMillis, long atNanos) {
        double seconds = (double) (atNanos - lastNanos) / TimeUnit.SECONDS.toNanos(1);
        lastNanos = atNanos;
        int at = (int) (taken % COUNT);
        pools.keySet()
                .removeIf(name -> now.pools().stream().noneMatch(it -> it.name().equals(name)));
        for (PoolTotals pool : now.pools()) {
            PoolSamples samples =
                    pools.computeIfAbsent(pool.name(), _ -> new PoolSamples(COUNT, pool));
            if (hasFirst) {
                samples.add(at, pool, seconds);
            }
            Map<String, ServerSample> before = servers.getOrDefault(pool.name(), Map.of());
            servers.put(pool.name(), samples(pool, before, seconds));
        }
        servers.keySet().retainAll(pools.keySet());
        if (hasFirst) {
            millis[at] = atMillis;
            taken++;
        }
        hasFirst = true;
    }

    private static Map<String, ServerSample> samples(
            PoolTotals pool, Map<String, ServerSample> before, double seconds) {
        Map<String, ServerSample> samples = new LinkedHashMap<>();
        for (ServerTotals server : pool.servers()) {
            String name = server.name();
            samples.put(name, ServerSample.of(before.get(name), server, seconds));
        }
        return samples;
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
            writeServers(json, servers.getOrDefault(pool.getKey(), Map.of()));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Writes of each server its requests per second and, in microseconds, its p50 and p99. */
    private static void writeServers(JsonGenerator json, Map<String, ServerSample> servers) {
        servers.forEach((name, sample) -> {
            json.writeName(name);
            sample.write(json);
        });
    }
}
