package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CacheClient;
import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A server that cannot be reached is not overrun with connects, however much clients ask for. */
class ConnectBackOffIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REFUSED = "-ERR Connection refused\r\n";
    private static final Duration STORM = Duration.ofSeconds(3);
    private static final int CLIENTS = 4;

    /**
     * Three failures are free, then come pauses of up to 10 ms, 20 ms and so on, of which chance
     * takes half on the average: some 13 connects in the time of the storm.
     */
    private static final int MOST_CONNECTS = 40;

    @Test
    void aStormOfRequestsIsNoStormOfConnectsToRedisThatHangsUp() throws Exception {
        try (FakeServer fake = FakeServer.playing(FakeServer.Connection::readRequest);
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(fake.address()))) {
            Set<String> answers = storm(proxy::client, "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n");
            assertAllAre("-ERR ", answers);
            assertDamped(proxy, fake.connectionCount());
        }
    }

    @Test
    void aStormOfRequestsIsNoStormOfConnectsToMemcachedThatHangsUp() throws Exception {
        try (FakeServer fake = FakeServer.playing(FakeServer.Connection::readRequest);
                ProxyProcess proxy =
                        ProxyProcess.start(PoolFile.memcache().server(fake.address()))) {
            Set<String> answers = storm(proxy::memcacheClient, "get k\r\n");
            assertAllAre("SERVER_ERROR ", answers);
            assertDamped(proxy, fake.connectionCount());
        }
    }

    @Test
    void aRefusingServerIsDampedAndUsableWithinSecondOfItsStart() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.kill();
            try (ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(server));
                    RespClient client = proxy.client()) {
                Set<String> answers = storm(proxy::client, "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n");
                assertThat(answers).containsExactly(REFUSED);
                assertDamped(proxy, figure(proxy, "server_err"));

                server.restart();
                long startNanos = System.nanoTime();
                String answer = client.call("GET", "k").text();
                while (answer.equals(REFUSED)) {
                    answer = client.call("GET", "k").text();
                }
                assertThat(answer).isEqualTo("$-1\r\n");
                assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                        .isLessThan(Duration.ofMillis(1300));
            }
        }
    }

    /** Mostly that the server has hung up; the system words what was on its way then otherwise. */
    private static void assertAllAre(String error, Set<String> answers) {
        assertThat(answers)
                .contains(error + "unknown\r\n")
                .allSatisfy(answer -> assertThat(answer).startsWith(error));
    }

    private static void assertDamped(ProxyProcess proxy, long connects) {
        long failedFast = figure(proxy, "failed_fast");
        System.out.println(
                "ConnectBackOffIT: " + connects + " connects, failed at once: " + failedFast);
        assertThat(connects).isBetween(5L, (long) MOST_CONNECTS);
        assertThat(failedFast).isGreaterThan(1000);
    }

    /** Asks as fast as can be with some clients; returns the different answers. */
    private static Set<String> storm(Supplier<? extends CacheClient<?>> connect, String request)
            throws Exception {
        Set<String> answers = new ConcurrentSkipListSet<>();
        long endNanos = System.nanoTime() + STORM.toNanos();
        Callable<Void> asking =
                () -> {
                    try (CacheClient<?> client = connect.get()) {
                        while (System.nanoTime() < endNanos) {
                            answers.add(text(client.send(request).read()));
                        }
                    }
                    return null;
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(threads.submit(asking));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        }
        return answers;
    }

    private static String text(Object response) {
        return response instanceof Response resp ? resp.text() : response.toString();
    }

    @Test
    void aFewFailuresMakeNoFurtherRequestFail() {
        try (RedisServer server = RedisServer.start();
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(server));
                RespClient client = proxy.client()) {
            for (int round = 1; round <= 3; round++) {
                server.kill();
                for (int i = 0; i < round; i++) {
                    assertThat(client.call("GET", "k").text()).isEqualTo(REFUSED);
                }
                server.restart();
                assertThat(client.call("GET", "k").text()).isEqualTo("$-1\r\n");
            }
            assertThat(figure(proxy, "failed_fast")).isZero();
        }
    }

    @Test
    void aRedisThatIsOutOfMemoryForWritesServesReads() {
        FakeServer.Script full =
                connection -> {
                    while (true) {
                        boolean isRead = connection.readRequest().getFirst().equals("GET");
                        connection.write(isRead ? "$-1\r\n" : "-OOM\r\n");
                    }
                };
        try (FakeServer fake = FakeServer.playing(full);
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(fake.address()));
                RespClient client = proxy.client()) {
            for (int i = 0; i < 30; i++) {
                assertThat(client.call("SET", "k", "v").text())
                        .isEqualTo("-ERR Invalid argument\r\n");
            }
            assertThat(client.call("GET", "k").text()).isEqualTo("$-1\r\n");
            assertThat(figure(proxy, "failed_fast")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void doesNotDelayAnEjection(int limit) {
        try (FakeServer dying = FakeServer.playing(FakeServer.Connection::readRequest);
                RedisServer server = RedisServer.start();
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.redis()
                                        .set("auto_eject_hosts", "true")
                                        .set("server_failure_limit", limit)
                                        .set("distribution", "modula")
                                        .set("hash", "one_at_a_time")
                                        .server(dying.address())
                                        .server(server));
                RespClient client = proxy.client()) {
            String key = keyOfFirst(client);
            int failures = 1;
            while (client.call("GET", key).text().equals("-ERR unknown\r\n")) {
                failures++;
            }
            assertThat(failures).isEqualTo(limit);
            assertThat(dying.connectionCount()).isEqualTo(limit);
            assertThat(figure(proxy, "failed_fast")).isZero();
        }
    }

    /** Finds a key of the server that fails, with which it has failed once. */
    private static String keyOfFirst(RespClient client) {
        int i = 0;
        while (!client.call("GET", "key" + i).text().equals("-ERR unknown\r\n")) {
            i++;
        }
        return "key" + i;
    }

    private static long figure(ProxyProcess proxy, String name) {
        var pool = JSON.readTree(proxy.stats()).path("alpha");
        return pool.findValues(name).stream().mapToLong(each -> each.asLong()).sum();
    }
}
