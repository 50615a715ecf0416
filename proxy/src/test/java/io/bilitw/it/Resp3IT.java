package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients of RESP2 and RESP3 side by side; redis-cli shows which kind of value it was given. */
class Resp3IT {

    @Test
    void wordsResponsesAsEachClientAskedFor() {
        try (ProxiedServers servers = ProxiedServers.start(3)) {
            ProxyProcess proxy = servers.proxy();
            cli(proxy, "-2", "HSET", "hash", "field", "1");
            cli(proxy, "-3", "ZADD", "sorted", "1.5", "a");
            assertThat(cli(proxy, "-2", "HGETALL", "hash")).isEqualTo("1) \"field\"\n2) \"1\"\n");
            assertThat(cli(proxy, "-3", "HGETALL", "hash")).isEqualTo("1# \"field\" => \"1\"\n");
            assertThat(cli(proxy, "-2", "ZSCORE", "sorted", "a")).isEqualTo("\"1.5\"\n");
            assertThat(cli(proxy, "-3", "ZSCORE", "sorted", "a")).isEqualTo("(double) 1.5\n");
            assertThat(cli(proxy, "-3", "NOSUCH")).startsWith("(error) ERR unknown command");
        }
    }

    @Test
    void joinsResponsesOfServers() {
        try (ProxiedServers servers = ProxiedServers.start(3)) {
            ProxyProcess proxy = servers.proxy();
            String expected = "1) \"v0\"\n2) \"v1\"\n3) (nil)\n4) \"v2\"\n5) \"v3\"\n";
            for (String version : List.of("-2", "-3")) {
                assertThat(cli(proxy, version, words("MSET k0 v0 k1 v1 k2 v2 k3 v3")))
                        .isEqualTo("OK\n");
                assertThat(cli(proxy, version, words("MGET k0 k1 nosuch k2 k3")))
                        .isEqualTo(expected);
                assertThat(cli(proxy, version, words("DEL k0 k1 nosuch k2 k3")))
                        .isEqualTo("(integer) 4\n");
            }
        }
    }

    @Test
    void showsThePasswordAndSelectsTheDatabaseFirst() {
        try (RedisServer server = RedisServer.start("--requirepass", "secret");
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.redis()
                                        .server(server)
                                        .set("redis_auth", "secret")
                                        .set("redis_db", 3))) {
            String[] set = words("-a secret --no-auth-warning SET key value");
            assertThat(cli(proxy, "-3", set)).isEqualTo("OK\n");
            assertThat(cli(proxy, "-2", words("-a secret --no-auth-warning GET key")))
                    .isEqualTo("\"value\"\n");
        }
    }

    @Test
    void keepsServersThatAreTooOld() {
        FakeServer.Script ancient =
                connection -> {
                    while (true) {
                        boolean isHello = connection.readRequest().getFirst().equals("HELLO");
                        connection.write(
                                isHello ? "-ERR unknown command 'HELLO'\r\n" : "$3\r\nold\r\n");
                    }
                };
        try (FakeServer server = FakeServer.playing(ancient);
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.redis()
                                        .server(server.address())
                                        .set("auto_eject_hosts", "true")
                                        .set("server_failure_limit", 1))) {
            assertThat(cli(proxy, "-3", "GET", "key"))
                    .startsWith("(error) ERR HELLO 3 failed on server: ERR unknown command");
            assertThat(cli(proxy, "-2", "GET", "key")).isEqualTo("\"old\"\n");
        }
    }

    private static String[] words(String line) {
        return line.split(" ", -1);
    }

    /**
     * Runs redis-cli, {@code version} being {@code -2} or {@code -3}, and returns what it shows.
     */
    private static String cli(ProxyProcess proxy, String version, String... arguments) {
        var command =
                new ArrayList<>(
                        List.of("redis-cli", "-p", Integer.toString(proxy.port()), "--no-raw"));
        command.add(version);
        command.addAll(List.of(arguments));
        return ClientProgram.run(command.toArray(String[]::new)).succeeded();
    }
}
