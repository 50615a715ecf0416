package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What tests rely on: a good server is flawless under the load, and no fault goes unnoticed. */
class CheckedLoadIT {

    private static final int CLIENTS = 12;

    @Test
    void findsNoFaultInRedis() {
        try (RedisServer redis = RedisServer.start()) {
            runFlawlessly(CheckedLoad.redis(at(redis.address()), CLIENTS));
            assertThat(redis.ask("DBSIZE").integer()).isBetween(100L, 16L * (CLIENTS + 1));
        }
    }

    @Test
    void findsNoFaultInMemcached() {
        try (MemcachedServer memcached = MemcachedServer.start()) {
            runFlawlessly(CheckedLoad.memcache(at(memcached.address()), CLIENTS));
        }
    }

    @Test
    void findsNoFaultOverUnixSocket() {
        try (RedisServer redis = RedisServer.onUnixSocket()) {
            SocketAddress address = UnixDomainSocketAddress.of(redis.address());
            runFlawlessly(CheckedLoad.redis(address, CLIENTS));
        }
    }

    @Test
    void keepsThePaceThatIsAskedFor() {
        try (RedisServer redis = RedisServer.start()) {
            CheckedLoad load = CheckedLoad.redis(at(redis.address()), CLIENTS, 200);
            runFlawlessly(load);
            assertThat(load.requests()).isLessThan(10_000); // Without pace some 100 000.
        }
    }

    @Test
    void findsThatRedisDied() {
        try (RedisServer redis = RedisServer.start();
                CheckedLoad load = CheckedLoad.redis(at(redis.address()), CLIENTS)) {
            load.awaitRequests(100);
            redis.kill();
            awaitFaultsOfAll(load);
            assertRefused(load);
        }
    }

    @Test
    void findsThatMemcachedDied() {
        try (MemcachedServer memcached = MemcachedServer.start();
                CheckedLoad load = CheckedLoad.memcache(at(memcached.address()), CLIENTS)) {
            load.awaitRequests(100);
            memcached.kill();
            awaitFaultsOfAll(load);
            assertRefused(load);
        }
    }

    @Test
    void findsConnectionsThatServerClosed() {
        try (RedisServer redis = RedisServer.start();
                CheckedLoad load = CheckedLoad.redis(at(redis.address()), CLIENTS)) {
            load.awaitRequests(100);
            redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            awaitFaultsOfAll(load);
            long connects = load.connects();
            Awaitility.await().until(() -> load.connects() > connects);
            assertThat(load.faultCount(FaultKind.REFUSED)).isZero();
            assertThat(load.faultCount(FaultKind.WRONG)).isZero();
        }
    }

    @Test
    void findsWrongValue() {
        try (FakeServer server = storing("something else");
                CheckedLoad load = CheckedLoad.redis(at(server.address()), CLIENTS)) {
            awaitFaultsOfAll(load);
            assertThat(load.faultCount(FaultKind.WRONG)).isEqualTo(load.faultCount());
            assertThat(load.faults())
                    .allMatch(fault -> fault.contains("wrong answer: expected <"))
                    .allMatch(fault -> fault.contains("then came <$14\\r\\nsomething else\\r\\n"));
            assertThat(load.connects()).isZero();
            assertThatThrownBy(load::assertFlawless).hasMessageContaining("wrong answer");
        }
    }

    @Test
    void findsMissingValue() {
        try (FakeServer server =
                        FakeServer.playing(connection -> {
                            while (true) {
                                boolean isGet = connection.readRequest().getFirst().equals("get");
                                connection.write(isGet ? "END\r\n" : "STORED\r\n");
                            }
                        });
                CheckedLoad load = CheckedLoad.memcache(at(server.address()), CLIENTS)) {
            awaitFaultsOfAll(load);
            assertThat(load.faults()).allMatch(fault -> fault.contains("then came <END\\r\\n"));
        }
    }

    @Test
    void findsThatNoAnswerComes() {
        try (FakeServer server = FakeServer.playing(CheckedLoadIT::answerNobody);
                CheckedLoad load = CheckedLoad.redis(at(server.address()), 2)) {
            assertThat(load.faultCount(FaultKind.LATE)).isEqualTo(2);
            assertThat(load.faultCount(FaultKind.END)).isPositive();
            assertThat(load.faults())
                    .filteredOn(fault -> fault.startsWith("client load-"))
                    .hasSize(2)
                    .allMatch(fault -> fault.contains("no answer within 5 s: expected <+OK\\r\\n>"))
                    .allMatch(fault -> fault.contains("for CLIENT SETNAME, got 0 of 5 bytes"));
            assertThat(load.requests()).isZero();
        }
    }

    /** Serves one second of load, from the first request to the orderly end of each connection. */
    private static void runFlawlessly(CheckedLoad load) {
        long fromNanos = System.nanoTime();
        try (load) {
            load.awaitRequests(1_000);
            Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        }
        load.assertFlawless();
        assertThat(load.faults()).isEmpty();
        CheckedLoad.Latency latency = load.latencyBetween(fromNanos, System.nanoTime());
        assertThat(List.of(0L, latency.p50(), latency.p99(), latency.max())).isSorted();
        assertThat(latency.max()).isPositive();
    }

    private static void awaitFaultsOfAll(CheckedLoad load) {
        Awaitility.await()
                .untilAsserted(() -> {
                    for (int i = 0; i < CLIENTS; i++) {
                        String client = "client load-" + i + " (";
                        assertThat(load.faults())
                                .filteredOn(fault -> fault.startsWith(client))
                                .as("faults of %s", client)
                                .hasSize(1);
                    }
                });
        assertThat(load.faultCount()).isGreaterThanOrEqualTo(CLIENTS);
    }

    private static void assertRefused(CheckedLoad load) {
        Awaitility.await().until(() -> load.faultCount(FaultKind.REFUSED) > 50);
        assertThat(load.faults()).hasSizeLessThanOrEqualTo(50);
        assertThat(load.faults()).anyMatch(fault -> fault.contains("refused connect: "));
        assertThatThrownBy(() -> load.awaitRequests(1)).hasMessageContaining("refused connect");
        assertThatThrownBy(load::assertFlawless).hasMessageContaining("refused connect");
    }

    private static FakeServer storing(String value) {
        return FakeServer.playing(connection -> {
            while (true) {
                boolean isGet = connection.readRequest().getFirst().equals("GET");
                connection.write(isGet ? Resp.bulk(value) : "+OK\r\n");
            }
        });
    }

    /** Never answers who says a name, and closes when anything else comes. */
    private static void answerNobody(FakeServer.Connection connection) throws IOException {
        if (connection.readRequest().getFirst().equals("CLIENT")) {
            connection.readRequest();
        }
    }

    private static SocketAddress at(String address) {
        String[] hostAndPort = address.split(":", -1);
        return new InetSocketAddress(
                InetAddress.ofLiteral(hostAndPort[0]), Integer.parseInt(hostAndPort[1]));
    }
}
