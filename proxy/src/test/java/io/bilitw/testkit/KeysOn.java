package io.bilitw.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Keys by the server on which they land, learnt by storing many through the proxy and asking the
 * servers.
 *
 * <p>The servers are empty afterwards. What was learnt holds for every pool with the same names,
 * hash and distribution.
 */
public final class KeysOn {

    private static final int KEYS_TRIED = 400;

    private final Map<CacheServer<?>, List<String>> keys = new HashMap<>();

    /** Finds out where keys land. */
    public KeysOn(CacheClient<?> proxy, List<? extends CacheServer<?>> servers) {
        List<String> tried = IntStream.range(0, KEYS_TRIED).mapToObj(i -> "key:" + i).toList();
        tried.forEach(proxy::store);
        for (CacheServer<?> server : servers) {
            try (CacheClient<?> client = server.client()) {
                keys.put(server, tried.stream().filter(client::holds).toList());
                client.flush();
            }
        }
    }

    /** Returns {@code count} different keys that live on {@code server}. */
    public List<String> of(CacheServer<?> server, int count) {
        List<String> found = keys.getOrDefault(server, List.of());
        if (found.size() < count) {
            throw new IllegalStateException(
                    "only " + found.size() + " keys land on " + server.address());
        }
        return found.subList(0, count);
    }

    /** Returns a key that lives on {@code server}. */
    public String of(CacheServer<?> server) {
        return of(server, 1).getFirst();
    }
}
