package io.bilitw.it;

import static io.bilitw.testkit.Memcache.set;
import static io.bilitw.testkit.Memcache.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Servers that answer late, half or not at all: the timeout ends the waiting, and clients of other
 * servers, or on other connections, notice nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowServersIT {

    private static final String TIMED_OUT = "-ERR Connection timed out\r\n";
    private static final int TIMEOUT_MILLIS = 1000;
    private static final Duration LATE = Duration.ofMillis(300);
    private static final int WAITING_CLIENTS = 20;
    private static final int REQUESTS = 1000;

    private final ProxiedServers servers = ProxiedServers.start(2);
    private final KeysOn keysOn = servers.keysOn();
    private final RedisServer quick = servers.server(0);
    private final RedisServer other = servers.server(1);
    private final String a = keysOn.of(quick);
    private final String b = keysOn.of(other);

    @AfterAll
    void stop() {
        servers.close();
    }

    private static PoolFile timed(PoolFile pool) {
        return pool.set("timeout", TIMEOUT_MILLIS);
    }

    @Test
    void clientsOfOtherServersDoNotNoticeThatRedisHangs() {
        try (ProxyProcess proxy =
                        ProxyProcess.start(timed(PoolFile.redis()).server(quick).server(other));
                RespClient client = proxy.client()) {
            assertThat(client.call("SET", a, "1").text()).isEqualTo("+OK\r\n");
            assertThat(client.call("SET", b, "2").text()).isEqualTo("+OK\r\n");
            List<RespClient> waiting = new ArrayList<>();
            other.freeze();
            try {
                for (int i = 0; i < WAITING_CLIENTS; i++) {
                    waiting.add(proxy.client());
                    waiting.getLast().send(Resp.request("GET", b));
                }
                assertQuick(() -> assertThat(client.call("GET", a).value()).isEqualTo("1"));
                for (RespClient each : waiting) {
                    assertThat(each.read().text()).isEqualTo(TIMED_OUT);
                }
            } finally {
                other.thaw();
                waiting.forEach(RespClient::close);
            }
        }
    }

    @Test
    void clientsOfOtherServersDoNotNoticeThatMemcachedHangs() {
        try (MemcachedServer one = MemcachedServer.start();
                MemcachedServer two = MemcachedServer.start();
                ProxyProcess proxy =
                        ProxyProcess.start(timed(PoolFile.memcache()).server(one).server(two));
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call(set(a, "1"))).isEqualTo("STORED\r\n");
            List<MemcacheClient> waiting = new ArrayList<>();
            two.freeze();
            try {
                for (int i = 0; i < WAITING_CLIENTS; i++) {
                    waiting.add(proxy.memcacheClient());
                    waiting.getLast().send("get " + b + "\r\n");
                }
                assertQuick(() ->
                        assertThat(client.call("get " + a + "\r\n"))
                                .isEqualTo(value(a, "1") + "END\r\n"));
                for (MemcacheClient each : waiting) {
                    assertThat(each.read()).isEqualTo("SERVER_ERROR Connection timed out\r\n");
                }
            } finally {
                two.thaw();
                waiting.forEach(MemcacheClient::close);
            }
        }
    }

    @Test
    void clientsOfOtherServersDoNotNoticeThatOneAnswersLate() {
        try (FakeServer late = FakeServer.playing(SlowServersIT::answerLate);
                ProxyProcess proxy =
                        ProxyProcess.start(
                                timed(PoolFile.redis()).server(quick).server(late.address()));
                RespClient client = proxy.client();
                RespClient slow = proxy.client()) {
            assertThat(client.call("SET", a, "1").text()).isEqualTo("+OK\r\n");
            for (int i = 0; i < 3; i++) { // one after the other, so it takes three times as long
                slow.send(Resp.request("GET", b));
            }
            assertQuick(() -> assertThat(client.call("GET", a).value()).isEqualTo("1"));
            assertThat(slow.read(3))
                    .allSatisfy(each -> assertThat(each.text()).isEqualTo("$4\r\nlate\r\n"));
        }
    }

    private static void answerLate(FakeServer.Connection connection) throws IOException {
        while (true) {
            connection.readRequest();
            LockSupport.parkNanos(LATE.toNanos());
            connection.write("$4\r\nlate\r\n");
        }
    }

    /** Times many requests, none of which may wait for the other server. */
    private static void assertQuick(Runnable request) {
        long[] nanos = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long startNanos = System.nanoTime();
            request.run();
            nanos[i] = System.nanoTime() - startNanos;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "SlowServersIT: microseconds at the median %d, at the 99th percentile %d, at most"
                        + " %d%n",
                nanos[REQUESTS / 2] / 1000,
                nanos[REQUESTS * 99 / 100] / 1000,
                nanos[REQUESTS - 1] / 1000);
        assertThat(Duration.ofNanos(nanos[REQUESTS * 99 / 100])).isLessThan(LATE.dividedBy(3));
        assertThat(Duration.ofNanos(nanos[REQUESTS - 1])).isLessThan(LATE);
    }

    /** The kernel answers no more connects to a full backlog, as if the host were gone. */
    @Test
    void connectThatIsNeverAnsweredEndsWithTheTimeout() throws IOException {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fill(deaf, filling);
            try (ProxyProcess proxy =
                            ProxyProcess.start(
                                    timed(PoolFile.redis())
                                            .server(quick)
                                            .server("127.0.0.1:" + deaf.getLocalPort()));
                    RespClient client = proxy.client();
                    RespClient neighbour = proxy.client()) {
                long startNanos = System.nanoTime();
                client.send(Resp.request("GET", b));
                assertThat(neighbour.call("SET", a, "1").text()).isEqualTo("+OK\r\n");
                assertThat(client.read().text()).isEqualTo(TIMED_OUT);
                assertInTime(startNanos);
            }
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    private static void fill(ServerSocket deaf, List<Socket> filling) throws IOException {
        while (true) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(
                        new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 200);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
    }

    @Test
    void halfAnAnswerOfRedisEndsWithTheTimeoutAndReachesNobody() {
        FakeServer.Script half =
                connection -> {
                    connection.readRequest();
                    connection.write("$10\r\nhalf");
                    while (true) {
                        connection.readRequest();
                    }
                };
        try (FakeServer fake = FakeServer.playing(half);
                ProxyProcess proxy =
                        ProxyProcess.start(timed(PoolFile.redis()).server(fake.address()));
                RespClient client = proxy.client();
                RespClient next = proxy.client()) {
            long startNanos = System.nanoTime();
            client.send(Resp.request("GET", "x"));
            next.send(Resp.request("GET", "y"));
            assertThat(client.read().text()).isEqualTo(TIMED_OUT);
            assertThat(next.read().text()).isEqualTo(TIMED_OUT);
            assertInTime(startNanos);
            assertThat(next.call("PING").text()).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void halfAnAnswerOfMemcachedEndsWithTheTimeoutAndReachesNobody() {
        FakeServer.Script half =
                connection -> {
                    connection.readRequest();
                    connection.write("VALUE x 0 10\r\nhalf");
                    while (true) {
                        connection.readRequest();
                    }
                };
        try (FakeServer fake = FakeServer.playing(half);
                ProxyProcess proxy =
                        ProxyProcess.start(timed(PoolFile.memcache()).server(fake.address()));
                MemcacheClient client = proxy.memcacheClient();
                MemcacheClient next = proxy.memcacheClient()) {
            long startNanos = System.nanoTime();
            client.send("get x\r\n");
            next.send("get y\r\n");
            assertThat(client.read()).isEqualTo("SERVER_ERROR Connection timed out\r\n");
            assertThat(next.read()).isEqualTo("SERVER_ERROR Connection timed out\r\n");
            assertInTime(startNanos);
            assertThat(next.call("mn\r\n")).isEqualTo("MN\r\n");
        }
    }

    private static void assertInTime(long startNanos) {
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isBetween(
                        Duration.ofMillis(TIMEOUT_MILLIS - 50),
                        Duration.ofMillis(2L * TIMEOUT_MILLIS));
    }

    @Test
    void garbageClosesItsOwnConnectionToTheServerOnly() {
        FakeServer.Script named =
                connection -> {
                    while (true) {
                        String key = connection.readRequest().get(1);
                        if (key.equals("garbage")) {
                            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                        } else if (key.equals("more")) {
                            connection.write("+more\r\n+unasked\r\n");
                        } else {
                            LockSupport.parkNanos(LATE.toNanos());
                            connection.write("+" + key + "\r\n");
                        }
                    }
                };
        try (FakeServer fake = FakeServer.playing(named);
                ProxyProcess proxy =
                        ProxyProcess.start(
                                timed(PoolFile.redis())
                                        .set("server_connections", 2)
                                        .server(fake.address()));
                RespClient one = proxy.client();
                RespClient two = proxy.client()) {
            for (int round = 0; round < 3; round++) {
                two.send(Resp.request("GET", "mine" + round));
                one.send(Resp.request("GET", "garbage"));
                assertThat(one.read().text()).isEqualTo("-ERR Invalid argument\r\n");
                one.send(Resp.request("GET", "more"));
                assertThat(one.read().text()).isEqualTo("+more\r\n");
                one.send(Resp.request("GET", "own"));
                assertThat(two.read().text()).isEqualTo("+mine" + round + "\r\n");
                assertThat(one.read().text()).isEqualTo("+own\r\n");
            }
            assertThat(fake.connectionCount())
                    .as("one for %s, and new ones for %s", "two", "one")
                    .isEqualTo(1 + 3 * 2 + 1);
        }
    }
}
