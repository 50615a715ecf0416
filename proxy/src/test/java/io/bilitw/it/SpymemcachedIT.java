package io.bilitw.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedMemcached;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** spymemcached through the proxy, told nothing but the address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpymemcachedIT {

    private static final int KEYS = 200;

    private final ProxiedMemcached servers =
            ProxiedMemcached.start(3, pool -> pool.set("allow_flush", "true"));
    private final MemcachedClient client;

    SpymemcachedIT() throws IOException {
        client =
                new MemcachedClient(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), servers.proxy().port()));
    }

    @BeforeEach
    void empty() {
        servers.flush();
    }

    @AfterAll
    void stop() {
        client.shutdown(1, TimeUnit.SECONDS);
        servers.close();
    }

    @Test
    void storesTextNumbersAndObjects() throws Exception {
        assertThat(client.set("text", 0, "grüße").get()).isTrue();
        assertThat(client.get("text")).isEqualTo("grüße");
        assertThat(client.set("number", 0, 42L).get()).isTrue();
        assertThat(client.get("number")).isEqualTo(42L);
        assertThat(client.set("object", 0, new ArrayList<>(List.of("a", 1))).get()).isTrue();
        assertThat(client.get("object")).isEqualTo(List.of("a", 1));
        byte[] bytes = "\0\r\nEND\r\n\u00ff".getBytes(ISO_8859_1);
        assertThat(client.set("bytes", 0, bytes).get()).isTrue();
        assertThat(client.get("bytes")).isEqualTo(bytes);
        assertThat(client.get("nosuch")).isNull();
    }

    @Test
    void storesOnConditions() throws Exception {
        assertThat(client.replace("k", 0, "1").get()).isFalse();
        assertThat(client.add("k", 0, "2").get()).isTrue();
        assertThat(client.add("k", 0, "3").get()).isFalse();
        assertThat(client.append("k", "b").get()).isTrue();
        assertThat(client.prepend("k", "a").get()).isTrue();
        CASValue<Object> found = client.gets("k");
        assertThat(found.getValue()).isEqualTo("a2b");
        assertThat(client.cas("k", found.getCas() + 100, "x")).isEqualTo(CASResponse.EXISTS);
        assertThat(client.cas("k", found.getCas(), "x")).isEqualTo(CASResponse.OK);
        assertThat(client.cas("nosuch", 1, "x")).isEqualTo(CASResponse.NOT_FOUND);
        assertThat(client.delete("k").get()).isTrue();
        assertThat(client.delete("k").get()).isFalse();
    }

    @Test
    void countsAndTouches() throws Exception {
        assertThat(client.incr("n", 5)).isEqualTo(-1);
        assertThat(client.incr("n", 5, 10)).isEqualTo(10);
        assertThat(client.incr("n", 5)).isEqualTo(15);
        assertThat(client.decr("n", 20)).isZero();
        assertThat(client.touch("n", 1000).get()).isTrue();
        assertThat(client.touch("nosuch", 1000).get()).isFalse();
    }

    @Test
    void readsKeysOfAllServersAtOnce() throws Exception {
        Map<String, Object> expected = new TreeMap<>();
        List<Future<Boolean>> stored = new ArrayList<>();
        List<String> keys = new ArrayList<>(List.of("nosuch"));
        for (int i = 0; i < KEYS; i++) {
            keys.add("key" + i);
            expected.put("key" + i, "value" + i);
            stored.add(client.set("key" + i, 0, "value" + i));
        }
        assertThat(stored).allMatch(SpymemcachedIT::isDone);
        assertThat(new TreeMap<>(client.getBulk(keys))).isEqualTo(expected);
    }

    private static boolean isDone(Future<Boolean> stored) {
        try {
            return stored.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void passesLargeValues() throws Exception {
        byte[] large = new byte[900_000];
        large[899_999] = 7;
        assertThat(client.set("large", 0, large).get()).isTrue();
        assertThat(client.get("large")).isEqualTo(large);
    }

    @Test
    void asksForVersionAndStatisticsAndFlushes() throws Exception {
        assertThat(client.getVersions().values()).allMatch(version -> version.startsWith("1.6"));
        assertThat(client.getStats().values())
                .singleElement()
                .satisfies(stats ->
                        assertThat(stats).containsEntry("pool", "alpha").containsKey("uptime"));
        assertThat(client.set("k", 0, "x").get()).isTrue();
        assertThat(client.flush().get()).isTrue();
        assertThat(client.get("k")).isNull();
    }
}
