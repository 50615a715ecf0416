package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.Memcache;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.ProxiedMemcached;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Requests that want no response, or perhaps none, among others over three servers: each response
 * comes in its place and to the client that asked.
 */
class MemcacheOrderIT {

    private static final int KEYS = 30;
    private static final int ROUNDS = 40;

    @Test
    void readsLastOfManySetsWithoutReply() {
        try (ProxiedMemcached servers = ProxiedMemcached.start(3);
                MemcacheClient client = servers.client()) {
            for (int round = 0; round < ROUNDS; round++) {
                StringBuilder pipeline = new StringBuilder();
                for (int set = 0; set < 5; set++) {
                    for (int i = 0; i < KEYS; i++) {
                        String value = round + "-" + set + "\r\n-" + i;
                        pipeline.append("set k%d 0 0 %d noreply\r\n".formatted(i, value.length()))
                                .append(value)
                                .append("\r\n");
                    }
                }
                for (int i = 0; i < KEYS; i++) {
                    pipeline.append("get k").append(i).append("\r\n");
                }
                client.send(pipeline.toString());
                for (int i = 0; i < KEYS; i++) {
                    String value = round + "-4\r\n-" + i;
                    assertThat(client.read()).isEqualTo(Memcache.value("k" + i, value) + "END\r\n");
                }
            }
        }
    }

    @Test
    void readsManyKeysBehindSetsWithoutReply() {
        try (ProxiedMemcached servers = ProxiedMemcached.start(3);
                MemcacheClient client = servers.client()) {
            for (int round = 0; round < ROUNDS; round++) {
                StringBuilder sets = new StringBuilder();
                StringBuilder get = new StringBuilder("get");
                StringBuilder expected = new StringBuilder();
                for (int i = 0; i < KEYS; i++) {
                    String value = Integer.toString(round * KEYS + i);
                    sets.append("set k%d 0 0 %d noreply\r\n".formatted(i, value.length()))
                            .append(value)
                            .append("\r\n");
                    get.append(" k").append(i);
                    expected.append(Memcache.value("k" + i, value));
                }
                assertThat(client.call(sets + get.append("\r\n").toString()))
                        .isEqualTo(expected.append("END\r\n").toString());
            }
        }
    }

    @Test
    void answersOnlyWhatIsUnusualOfQuietRequests() {
        try (ProxiedMemcached servers = ProxiedMemcached.start(3);
                MemcacheClient client = servers.client()) {
            for (int round = 0; round < ROUNDS; round++) {
                StringBuilder pipeline = new StringBuilder();
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < KEYS; i++) {
                    addQuiet(pipeline, expected, "k" + i, round * KEYS + i);
                }
                pipeline.append("mn\r\n");
                expected.add("MN\r\n");
                client.send(pipeline.toString());
                assertThat(client.read(expected.size())).isEqualTo(expected);
            }
            assertThat(client.call("mn\r\n")).as("nothing is left").isEqualTo("MN\r\n");
        }
    }

    /**
     * Adds requests of each quiet kind about one key, usual and unusual, with loud ones between.
     */
    private static void addQuiet(
            StringBuilder pipeline, List<String> expected, String key, int opaque) {
        String o = " O" + opaque + "\r\n";
        String[][] requestsAndResponses = {
            {"md none" + key + " q" + o, "NF" + o},
            {"mg " + key + " v q" + o, ""},
            {"ms " + key + " 1 q" + o + "5\r\n", ""},
            {"mg " + key + " v q" + o, "VA 1" + o + "5\r\n"},
            {"ms " + key + " 1 q ME" + o + "7\r\n", "NS" + o},
            {"get " + key + " none\r\n", Memcache.value(key, "5") + "END\r\n"},
            {"ma " + key + " q" + o, ""},
            {"ma none" + key + " q" + o, "NF" + o},
            {"incr " + key + " 1\r\n", "7\r\n"},
            {"ms " + key + " 1 q C18446744073709551000" + o + "9\r\n", "EX" + o},
            {"md " + key + " q C18446744073709551000" + o, "EX" + o},
            {"mg " + key + " q v !\r\n", "CLIENT_ERROR invalid flag\r\n"},
            {"mg none" + key + " v" + o, "EN" + o},
            {"mg " + key + " k q" + o, "HD k" + key + o},
            {"md " + key + " q" + o, ""},
            {"mg " + key + " v q" + o, ""},
            {"set " + key + " 0 0 1\r\n5\r\n", "STORED\r\n"},
            {"delete " + key + "\r\n", "DELETED\r\n"},
            {"ms " + key + " 1 q MR" + o + "9\r\n", "NS" + o},
        };
        for (String[] pair : requestsAndResponses) {
            pipeline.append(pair[0]);
            if (!pair[1].isEmpty()) {
                expected.add(pair[1]);
            }
        }
    }

    @Test
    void givesQuietResponsesOnlyToWhoAsked() {
        try (ProxiedMemcached servers = ProxiedMemcached.start(3);
                MemcacheClient even = servers.client();
                MemcacheClient odd = servers.client()) {
            for (int i = 0; i < KEYS; i += 3) {
                assertThat(even.call(Memcache.set("k" + i, "v" + i))).isEqualTo("STORED\r\n");
            }
            for (int round = 0; round < ROUNDS; round++) {
                // in small sends by turns, so that both clients' requests lie mixed at the servers
                for (int i = 0; i < KEYS; i++) {
                    even.send("mg k%d v q Oeven%d\r\n".formatted(i, round * KEYS + i));
                    odd.send("mg k%d v q Oodd%d\r\n".formatted(i, round * KEYS + i));
                }
                even.send("mn\r\n");
                odd.send("mn\r\n");
                assertThat(even.read(KEYS / 3 + 1)).isEqualTo(hits("even", round));
                assertThat(odd.read(KEYS / 3 + 1)).isEqualTo(hits("odd", round));
            }
        }
    }

    private static List<String> hits(String name, int round) {
        List<String> hits = new ArrayList<>();
        for (int i = 0; i < KEYS; i += 3) {
            String value = "v" + i;
            hits.add(
                    "VA %d O%s%d\r\n%s\r\n"
                            .formatted(value.length(), name, round * KEYS + i, value));
        }
        hits.add("MN\r\n");
        return hits;
    }
}
