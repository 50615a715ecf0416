package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.Memcache;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedMemcached;
import io.bilitw.testkit.ProxyProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Reads of single keys by many clients, which go to each server in one line a turn. The seed is
 * printed; {@code -Dbilitw.seed=N} plays the same requests again.
 */
class SharedGetIT {

    private static final int CLIENTS = 8;
    private static final int PIPELINE = 24;
    private static final int ROUNDS = 60;
    private static final int KEYS = 200;
    private static final int[] LENGTHS = {0, 1, 32, 4096, 20_000, 65_530, 150_000};

    @Test
    void sendsAPipelineOfReadsInOneLine() {
        try (FakeServer server = FakeServer.answering("VALUE b 0 1\r\nx\r\nEND\r\n");
                ProxyProcess proxy =
                        ProxyProcess.start(PoolFile.memcache().server(server.address()));
                MemcacheClient client = proxy.memcacheClient()) {
            client.send("get a\r\nget b\r\nget c\r\n");

            assertThat(client.read(3))
                    .containsExactly("END\r\n", Memcache.value("b", "x") + "END\r\n", "END\r\n");
            assertThat(server.requests()).containsExactly(List.of("get", "a", "b", "c"));
        }
    }

    @Test
    void givesEachClientTheValuesOfItsKeysInOrder() {
        long seed = Long.getLong("bilitw.seed", System.nanoTime());
        System.out.println("SharedGetIT: -Dbilitw.seed=" + seed);
        RandomGenerator random = new Random(seed);
        try (ProxiedMemcached servers = ProxiedMemcached.start(3)) {
            Map<String, String> values = store(servers, random);
            List<MemcacheClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(servers.client());
            }
            for (int round = 0; round < ROUNDS; round++) {
                List<List<String>> asked = new ArrayList<>();
                for (MemcacheClient client : clients) {
                    asked.add(ask(client, random));
                }
                for (int i = 0; i < CLIENTS; i++) {
                    List<String> expected =
                            asked.get(i).stream().map(key -> response(key, values)).toList();
                    assertThat(clients.get(i).read(PIPELINE))
                            .as("seed %d, round %d, client %d", seed, round, i)
                            .isEqualTo(expected);
                }
            }
            clients.forEach(MemcacheClient::close);
        }
    }

    /** Stores something under two keys of three. */
    private static Map<String, String> store(ProxiedMemcached servers, RandomGenerator random) {
        Map<String, String> values = new HashMap<>();
        try (MemcacheClient client = servers.client()) {
            for (int i = 0; i < KEYS; i++) {
                if (i % 3 != 0) {
                    String head = "END\r\nVALUE k" + i + " 0 1\r\n";
                    int bytes = LENGTHS[random.nextInt(LENGTHS.length)];
                    String value = head.repeat(bytes / head.length() + 1).substring(0, bytes);
                    assertThat(client.call(Memcache.set("k" + i, value))).isEqualTo("STORED\r\n");
                    values.put("k" + i, value);
                }
            }
        }
        return values;
    }

    private static List<String> ask(MemcacheClient client, RandomGenerator random) {
        List<String> keys = new ArrayList<>();
        StringBuilder pipeline = new StringBuilder();
        for (int i = 0; i < PIPELINE; i++) {
            keys.add("k" + random.nextInt(KEYS));
            pipeline.append("get ").append(keys.getLast()).append("\r\n");
        }
        client.send(pipeline.toString());
        return keys;
    }

    private static String response(String key, Map<String, String> values) {
        String value = values.get(key);
        return (value == null ? "" : Memcache.value(key, value)) + "END\r\n";
    }
}
