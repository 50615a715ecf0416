package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.VectorFile;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Keys stored through the proxy are found on the very servers that twemproxy would have chosen. */
class PlacementIT {

    private static final int ROWS_OF_ALL_POOLS = 4793;

    @Test
    void placesByKetamaAndMd5() {
        places("C4-names", "md5", "ketama");
    }

    @Test
    void placesByModulaInTheOrderOfNames() {
        places("L4-modula-nameorder", "fnv1_32", "modula");
    }

    @Test
    void placesByHashTag() {
        places("M4-hashtag", "fnv1a_64", "ketama");
    }

    private static void places(String config, String hash, String distribution) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String[] row : VectorFile.rows("distribution_vectors.tsv", ROWS_OF_ALL_POOLS)) {
            if (row[0].equals(config)) {
                expected.put(row[3], row[5]);
            }
        }
        assertThat(expected).hasSizeGreaterThan(200);
        Map<String, RedisServer> servers = new TreeMap<>();
        expected.values().forEach(name -> servers.computeIfAbsent(name, _ -> RedisServer.start()));
        try {
            PoolFile pool = PoolFile.redis().set("hash", hash).set("distribution", distribution);
            servers.forEach((name, server) -> pool.server(server.address(), name));
            assertThat(found(pool, List.copyOf(expected.keySet()), servers)).isEqualTo(expected);
        } finally {
            servers.values().forEach(RedisServer::close);
        }
    }

    /** Stores all keys through a proxy and returns the server on which each was found. */
    private static Map<String, String> found(
            PoolFile pool, List<String> keys, Map<String, RedisServer> servers) {
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                RespClient client = proxy.client()) {
            keys.forEach(key -> client.send(Resp.request("SET", key, "x")));
            assertThat(client.read(keys.size()))
                    .allMatch(answer -> answer.text().equals("+OK\r\n"));
        }
        Map<String, String> found = new LinkedHashMap<>();
        servers.forEach((name, server) ->
                server.ask("KEYS", "*")
                        .elements()
                        .forEach(key -> found.put(String.valueOf(key), name)));
        return found;
    }
}
