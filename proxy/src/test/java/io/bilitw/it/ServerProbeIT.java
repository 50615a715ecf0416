package io.bilitw.it;

import static io.bilitw.testkit.Memcache.set;
import static io.bilitw.testkit.Memcache.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/**
 * In a pool with {@code server_probe}, an ejected server comes back when it answers and not before,
 * and no client's request finds that out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerProbeIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TIMEOUT_MILLIS = 400;
    private static final int RETRY_MILLIS = 200;
    private static final String BACK = "update pool 'alpha' to add 1 servers";
    private static final String REDIS_GET = "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n";
    private static final String REFUSED = "-ERR Connection refused\r\n";

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final KeysOn keysOn = servers.keysOn();
    private final RedisServer first = servers.server(0);
    private final RedisServer second = servers.server(1);
    private final RedisServer third = servers.server(2);
    private final String b = keysOn.of(second);

    @BeforeEach
    void restartSecond() {
        second.restart();
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    private static PoolFile probing(PoolFile pool) {
        return pool.set("auto_eject_hosts", "true")
                .set("server_probe", "on")
                .set("server_failure_limit", 1)
                .set("server_retry_timeout", RETRY_MILLIS)
                .set("timeout", TIMEOUT_MILLIS);
    }

    private PoolFile redis() {
        return probing(PoolFile.redis()).server(first).server(second).server(third);
    }

    @Test
    void silentRedisStaysOutAndNoRequestWaitsForIt() {
        try (ProxyProcess proxy = ProxyProcess.start(redis());
                RespClient client = proxy.client()) {
            second.freeze();
            try {
                assertThat(client.call("GET", b).text()).isEqualTo("-ERR Connection timed out\r\n");
                while (figure(proxy, "probe_failures") < 4) {
                    assertThat(client.call("SET", b, "elsewhere").text()).isEqualTo("+OK\r\n");
                }
                assertThat(proxy.logged(BACK)).isZero();
            } finally {
                second.thaw();
            }
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> {
                        assertThat(client.call("SET", b, "back").text()).isEqualTo("+OK\r\n");
                        return second.ask("EXISTS", b).integer() == 1;
                    });
            assertThat(figure(proxy, "server_ejects")).isEqualTo(1);
        }
    }

    @Test
    void silentMemcachedStaysOutAndNoRequestWaitsForIt() {
        try (MemcachedServer one = MemcachedServer.start();
                MemcachedServer two = MemcachedServer.start();
                MemcachedServer three = MemcachedServer.start();
                ProxyProcess proxy =
                        ProxyProcess.start(
                                probing(PoolFile.memcache())
                                        .server(one)
                                        .server(two)
                                        .server(three));
                MemcacheClient client = proxy.memcacheClient()) {
            two.freeze();
            try {
                assertThat(client.call("get " + b + "\r\n"))
                        .isEqualTo("SERVER_ERROR Connection timed out\r\n");
                while (figure(proxy, "probe_failures") < 4) {
                    assertThat(client.call(set(b, "1"))).isEqualTo("STORED\r\n");
                }
                assertThat(proxy.logged(BACK)).isZero();
            } finally {
                two.thaw();
            }
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> {
                        assertThat(client.call(set(b, "2"))).isEqualTo("STORED\r\n");
                        return two.ask("get " + b + "\r\n").startsWith(value(b, "2"));
                    });
            assertThat(figure(proxy, "server_ejects")).isEqualTo(1);
        }
    }

    @Test
    void deadServerComesBackThoughNobodyAsksForAnything() {
        try (ProxyProcess proxy = ProxyProcess.start(redis())) {
            second.kill();
            try (RespClient client = proxy.client()) {
                assertThat(client.call("GET", b).text()).isEqualTo(REFUSED);
            }
            await().until(() -> figure(proxy, "probe_failures") >= 3);
            assertThat(figure(proxy, "ejected")).isEqualTo(1);
            second.restart();
            proxy.awaitLog(BACK, 1);
            await().until(() -> figure(proxy, "ejected") == 0);
            long probes = figure(proxy, "probes");
            assertThat(probes).isEqualTo(figure(proxy, "probe_failures") + 1);
            await().pollDelay(Duration.ofMillis(5L * RETRY_MILLIS)).until(() -> true);
            assertThat(figure(proxy, "probes")).as("no probe of a live server").isEqualTo(probes);
        }
    }

    @Test
    void theProbeShowsThePasswordAndServerWithAnotherOneStaysOut() {
        try (RedisServer guarded = RedisServer.start("--requirepass", "secret");
                RedisServer other = RedisServer.start("--requirepass", "secret");
                ProxyProcess proxy =
                        ProxyProcess.start(
                                probing(PoolFile.redis())
                                        .set("redis_auth", "secret")
                                        .server(guarded)
                                        .server(other));
                RespClient client = proxy.client();
                RespClient direct = guarded.client()) {
            assertThat(client.call("AUTH", "secret").text()).isEqualTo("+OK\r\n");
            assertThat(direct.call("AUTH", "secret").text()).isEqualTo("+OK\r\n");
            direct.call("CONFIG", "SET", "requirepass", "another");
            while (figure(proxy, "ejected") == 0) { // some key is that server's
                client.call("GET", "key" + System.nanoTime());
            }
            while (figure(proxy, "probe_failures") < 3) {
                assertThat(client.call("SET", "key" + System.nanoTime(), "v").text())
                        .isEqualTo("+OK\r\n");
            }
            assertThat(proxy.logged(BACK)).isZero();
            direct.call("CONFIG", "SET", "requirepass", "secret");
            proxy.awaitLog(BACK, 1);
            for (int i = 0; i < 50; i++) {
                assertThat(client.call("SET", "key" + i, "v").text()).isEqualTo("+OK\r\n");
            }
            assertThat(direct.call("DBSIZE").integer()).isPositive();
        }
    }

    @Test
    void redisComesBackWithAnAnswerToPingThatShowsThatItCanServe() {
        showsWhatBringsItBack(
                PoolFile.redis(),
                REDIS_GET,
                "PING",
                List.of(
                        "",
                        "+PON",
                        "+OK\r\n",
                        "PONG\r\n",
                        "-LOADING Redis is loading the dataset in memory\r\n",
                        "-NOAUTH Authentication required.\r\n",
                        "-MASTERDOWN Link with MASTER is down\r\n",
                        "-ERR max number of clients reached\r\n"),
                List.of(
                        "+PONG\r\n",
                        "-ERR unknown command 'PING', with args beginning with: \r\n",
                        "-NOPERM User default has no permissions to run the 'ping' command\r\n"));
    }

    @Test
    void memcachedComesBackWithItsAnswerToMnAlsoIfItIsTooOldToKnowThat() {
        showsWhatBringsItBack(
                PoolFile.memcache(),
                "get k\r\n",
                "mn",
                List.of(
                        "",
                        "MN",
                        "END\r\n",
                        "HTTP/1.1 400 Bad Request\r\n\r\n",
                        "ERROR Too many open connections\r\n",
                        "SERVER_ERROR out of memory\r\n"),
                List.of("MN\r\n", "ERROR\r\n"));
    }

    /** The only server of the pool fails, and then plays one answer to probes after the other. */
    private static void showsWhatBringsItBack(
            PoolFile pool, String request, String question, List<String> bad, List<String> good) {
        FakeServer.Script dying = FakeServer.Connection::readRequest;
        var script = new AtomicReference<>(dying);
        try (FakeServer fake = FakeServer.playing(connection -> script.get().play(connection));
                ProxyProcess proxy =
                        ProxyProcess.start(
                                probing(pool).set("timeout", 100).server(fake.address()));
                MemcacheClient client = proxy.memcacheClient()) {
            for (int i = 0; i < good.size(); i++) {
                script.set(dying);
                assertThat(client.call(request)).contains("unknown");
                for (String answer : i == 0 ? bad : List.<String>of()) {
                    script.set(answering(answer));
                    long probes = figure(proxy, "probes");
                    await().until(() -> figure(proxy, "probes") > probes + 2);
                    assertThat(figure(proxy, "ejected")).as("after %s", answer).isEqualTo(1);
                }
                script.set(answering(good.get(i)));
                proxy.awaitLog(BACK, i + 1);
            }
            assertThat(fake.requests().stream().filter(asked -> !asked.equals(List.of(question))))
                    .as("what came to the server that was no probe")
                    .hasSize(good.size());
        }
    }

    private static FakeServer.Script answering(String answer) {
        return connection -> {
            connection.readRequest();
            connection.write(answer);
            connection.readRequest();
        };
    }

    @Test
    void requestsAreRefusedAtOnceWhileAllServersAreOut() {
        FakeServer.Script silent =
                connection -> {
                    while (true) {
                        connection.readRequest();
                    }
                };
        FakeServer.Script alive = ServerProbeIT::answerAll;
        var script = new AtomicReference<>(silent);
        try (FakeServer fake = FakeServer.playing(connection -> script.get().play(connection));
                ProxyProcess proxy =
                        ProxyProcess.start(probing(PoolFile.redis()).server(fake.address()));
                RespClient client = proxy.client()) {
            assertThat(client.call("GET", "k").text()).isEqualTo("-ERR Connection timed out\r\n");
            long slowestNanos = 0;
            while (figure(proxy, "probe_failures") < 2) {
                long startNanos = System.nanoTime();
                assertThat(client.call("GET", "k").text()).isEqualTo(REFUSED);
                slowestNanos = Math.max(slowestNanos, System.nanoTime() - startNanos);
            }
            assertThat(Duration.ofNanos(slowestNanos))
                    .isLessThan(Duration.ofMillis(TIMEOUT_MILLIS));
            script.set(alive);
            await().until(() -> client.call("GET", "k").text().equals("+PONG\r\n"));
        }
    }

    private static void answerAll(FakeServer.Connection connection) throws IOException {
        while (true) {
            connection.readRequest();
            connection.write("+PONG\r\n");
        }
    }

    /** A figure of the pool, or of all its servers together. */
    private static long figure(ProxyProcess proxy, String name) {
        var pool = JSON.readTree(proxy.stats()).path("alpha");
        return pool.findValues(name).stream().mapToLong(each -> each.asLong()).sum();
    }
}
