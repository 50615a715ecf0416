package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedMemcached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** xmemcached through the proxy, told nothing but the address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmemcachedIT {

    private static final int KEYS = 200;

    private final ProxiedMemcached servers =
            ProxiedMemcached.start(3, pool -> pool.set("allow_flush", "true"));
    private final MemcachedClient client;

    XmemcachedIT() throws IOException {
        client = new XMemcachedClient("127.0.0.1", servers.proxy().port());
    }

    @BeforeEach
    void empty() {
        servers.flush();
    }

    @AfterAll
    void stop() throws IOException {
        client.shutdown();
        servers.close();
    }

    @Test
    void storesOnConditions() throws Exception {
        assertThat(client.<String>get("k")).isNull();
        assertThat(client.replace("k", 0, "1")).isFalse();
        assertThat(client.add("k", 0, "grüße")).isTrue();
        assertThat(client.add("k", 0, "3")).isFalse();
        assertThat(client.<String>get("k")).isEqualTo("grüße");
        assertThat(client.set("k", 0, "2")).isTrue();
        assertThat(client.append("k", "b")).isTrue();
        assertThat(client.prepend("k", "a")).isTrue();
        GetsResponse<String> found = client.gets("k");
        assertThat(found.getValue()).isEqualTo("a2b");
        assertThat(client.cas("k", 0, "x", found.getCas() + 100)).isFalse();
        assertThat(client.cas("k", 0, "x", found.getCas())).isTrue();
        assertThat(client.touch("k", 1000)).isTrue();
        assertThat(client.<String>get("k")).isEqualTo("x");
        assertThat(client.delete("k")).isTrue();
        assertThat(client.delete("k")).isFalse();
    }

    @Test
    void counts() throws Exception {
        assertThat(client.incr("n", 5, 10)).isEqualTo(10);
        assertThat(client.incr("n", 5)).isEqualTo(15);
        assertThat(client.decr("n", 20)).isZero();
    }

    @Test
    void waitsForNoReplyThatItDoesNotWant() throws Exception {
        for (int i = 0; i < KEYS; i++) {
            client.setWithNoReply("k" + i, 0, "v" + i);
            client.appendWithNoReply("k" + i, "+");
        }
        for (int i = 0; i < KEYS; i++) {
            assertThat(client.<String>get("k" + i)).isEqualTo("v" + i + "+");
        }
        client.set("n", 0, "1");
        client.incrWithNoReply("n", 4);
        client.decrWithNoReply("n", 2);
        assertThat(client.<String>get("n")).isEqualTo("3");
        client.deleteWithNoReply("n");
        assertThat(client.<String>get("n")).isNull();
        client.addWithNoReply("n", 0, "a");
        client.replaceWithNoReply("n", 0, "b");
        assertThat(client.<String>get("n")).isEqualTo("b");
        client.flushAllWithNoReply();
        assertThat(client.<String>get("n")).isNull();
    }

    @Test
    void readsKeysOfAllServersAtOnce() throws Exception {
        Map<String, String> expected = new TreeMap<>();
        List<String> keys = new ArrayList<>(List.of("nosuch"));
        for (int i = 0; i < KEYS; i++) {
            keys.add("key" + i);
            expected.put("key" + i, "value" + i);
            assertThat(client.set("key" + i, 0, "value" + i)).isTrue();
        }
        assertThat(new TreeMap<>(client.<String>get(keys))).isEqualTo(expected);
        assertThat(client.<String>gets(keys)).hasSize(KEYS);
    }

    @Test
    void passesLargeValues() throws Exception {
        byte[] large = new byte[900_000];
        large[899_999] = 7;
        assertThat(client.set("large", 0, large)).isTrue();
        assertThat(client.<byte[]>get("large")).isEqualTo(large);
    }

    @Test
    void asksForVersionAndStatisticsAndFlushes() throws Exception {
        assertThat(client.getVersions().values()).allMatch(version -> version.startsWith("1.6"));
        assertThat(client.getStats().values())
                .singleElement()
                .satisfies(stats -> assertThat(stats).containsEntry("pool", "alpha"));
        assertThat(client.set("k", 0, "x")).isTrue();
        client.flushAll();
        assertThat(client.<String>get("k")).isNull();
    }
}
