package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys by the server on which they land, learnt by storing many through the proxy and asking the
 * servers.
 *
 * <p>The servers are empty afterwards. What was learnt holds for every pool with the same names,
 * hash and distribution.
 */
public final class KeysOn {

    private static final int KEYS_TRIED = 400;

    private final Map<RedisServer, List<String>> keys = new HashMap<>();

    /** Finds out where keys land. */
    public KeysOn(RespClient proxy, List<RedisServer> servers) {
        for (int i = 0; i < KEYS_TRIED; i++) {
            proxy.send(Resp.request("SET", "key:" + i, "x"));
        }
        assertThat(proxy.read(KEYS_TRIED))
                .as("answers to SET")
                .allMatch(answer -> answer.text().equals("+OK\r\n"));
        for (RedisServer server : servers) {
            var found = new ArrayList<String>();
            server.ask("KEYS", "*").elements().forEach(key -> found.add(String.valueOf(key)));
            found.sort(null);
            keys.put(server, found);
            server.ask("FLUSHALL");
        }
    }

    /** Returns {@code count} different keys that live on {@code server}. */
    public List<String> of(RedisServer server, int count) {
        List<String> found = keys.getOrDefault(server, List.of());
        if (found.size() < count) {
            throw new IllegalStateException(
                    "only " + found.size() + " keys land on " + server.address());
        }
        return found.subList(0, count);
    }

    /** Returns a key that lives on {@code server}. */
    public String of(RedisServer server) {
        return of(server, 1).getFirst();
    }
}
