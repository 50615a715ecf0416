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
import io.bilitw.testkit.ProxiedMemcached;
import io.bilitw.testkit.ProxyProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** memcached servers that die, hang or speak nonsense: who gets which error, and who does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemcacheFailureIT {

    private static final String REFUSED = "SERVER_ERROR Connection refused\r\n";
    private static final String TIMED_OUT = "SERVER_ERROR Connection timed out\r\n";
    private static final String INVALID = "SERVER_ERROR Invalid argument\r\n";
    private static final String CLOSED = "SERVER_ERROR unknown\r\n";
    private static final int TIMEOUT_MILLIS = 800;

    private final ProxiedMemcached servers =
            ProxiedMemcached.start(3, pool -> pool.set("timeout", TIMEOUT_MILLIS));
    private final KeysOn keysOn = servers.keysOn();
    private final MemcachedServer second = servers.server(1);
    private final String a = keysOn.of(servers.server(0));
    private final String b = keysOn.of(second);
    private final String c = keysOn.of(servers.server(2));

    @BeforeEach
    void restartAll() {
        servers.servers().forEach(MemcachedServer::restart);
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    private ProxyProcess proxy(String... settings) {
        PoolFile pool = PoolFile.memcache().set("timeout", TIMEOUT_MILLIS);
        for (String setting : settings) {
            String[] parts = setting.split(": ", 2);
            pool.set(parts[0], parts[1]);
        }
        servers.servers().forEach(pool::server);
        return ProxyProcess.start(pool);
    }

    /** A pool whose second server is a fake. */
    private ProxyProcess proxy(FakeServer fake) {
        return ProxyProcess.start(
                PoolFile.memcache()
                        .set("timeout", TIMEOUT_MILLIS)
                        .server(servers.server(0))
                        .server(fake.address())
                        .server(servers.server(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "gets", "gat 0", "gats 0"})
    void failsReadOfManyKeysOnceAndLivesOn(String read) {
        try (ProxyProcess proxy = proxy();
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call(set(a, "1"))).isEqualTo("STORED\r\n");
            second.kill();
            String all = read + " " + a + " " + b + " " + c + "\r\n";
            assertThat(client.call(all)).isEqualTo(REFUSED);
            assertThat(client.call(read + " " + b + "\r\n")).isEqualTo(REFUSED);
            assertThat(client.call(set(b, "2"))).isEqualTo(REFUSED);
            assertThat(client.call("mg " + b + " v q\r\n")).isEqualTo(REFUSED);
            assertThat(client.call("get " + a + "\r\n")).isEqualTo(value(a, "1") + "END\r\n");
            second.restart();
            assertThat(client.call(all)).endsWith("END\r\n");
        }
    }

    @Test
    void countsKeysOfDeadServerAsMisses() {
        try (ProxyProcess proxy = proxy("on_failure: miss");
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.send(set(a, "1") + set(b, "2") + set(c, "3")).read(3))
                    .containsOnly("STORED\r\n");
            second.kill();
            assertMisses(client);
            second.restart();
            await().atMost(
                            Duration.ofSeconds(
                                    5)) // it has failed often, so it is left alone a little
                    .until(() -> client.call(set(b, "4")).equals("STORED\r\n"));
            assertThat(client.call("get " + b + "\r\n")).isEqualTo(value(b, "4") + "END\r\n");
        }
    }

    @Test
    void countsKeysOfHangingServerAsMisses() {
        try (ProxyProcess proxy = proxy("on_failure: miss");
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.send(set(a, "1") + set(b, "2") + set(c, "3")).read(3))
                    .containsOnly("STORED\r\n");
            second.freeze();
            try {
                assertThat(client.call("get " + c + " " + b + " " + a + "\r\n"))
                        .isEqualTo(value(c, "3") + value(a, "1") + "END\r\n");
                assertThat(client.call("mg " + b + " v q\r\nmn\r\n")).isEqualTo("MN\r\n");
                assertThat(client.call("delete " + b + "\r\n")).isEqualTo(TIMED_OUT);
            } finally {
                second.thaw();
            }
        }
    }

    private void assertMisses(MemcacheClient client) {
        assertThat(client.call("get " + c + " " + b + " " + a + "\r\n"))
                .isEqualTo(value(c, "3") + value(a, "1") + "END\r\n");
        assertThat(client.call("gat 0 " + b + " " + a + "\r\n"))
                .isEqualTo(value(a, "1") + "END\r\n");
        for (String read : List.of("get ", "gets ", "gat 0 ", "gats 0 ")) {
            assertThat(client.call(read + b + "\r\n")).isEqualTo("END\r\n");
            assertThat(client.call(read + b + " " + b + "\r\n")).isEqualTo("END\r\n");
            assertThat(client.call(read + b + " " + a + "\r\n"))
                    .startsWith("VALUE " + a + " 0 1")
                    .endsWith("\r\n1\r\nEND\r\n");
        }
        assertThat(client.call("mg " + b + "\r\n")).isEqualTo("EN\r\n");
        assertThat(client.call("mg " + b + " v O7 k\r\n")).isEqualTo("EN O7 k" + b + "\r\n");
        assertThat(client.call("mg " + b + " v q\r\nmn\r\n")).isEqualTo("MN\r\n");
        assertThat(client.call(set(b, "2"))).isEqualTo(REFUSED);
        assertThat(client.call("incr " + b + " 1\r\n")).isEqualTo(REFUSED);
        assertThat(client.call("touch " + b + " 0\r\n")).isEqualTo(REFUSED);
        assertThat(client.call("cas " + b + " 0 0 1 1\r\nx\r\n")).isEqualTo(REFUSED);
        assertThat(client.call("ms " + b + " 0 q\r\n\r\n")).isEqualTo(REFUSED);
    }

    @Test
    void failsReadsOfHangingServerInTimeAndServesTheOthers() {
        try (ProxyProcess proxy = proxy();
                MemcacheClient client = proxy.memcacheClient();
                MemcacheClient other = proxy.memcacheClient()) {
            assertThat(client.call(set(a, "1"))).isEqualTo("STORED\r\n");
            second.freeze();
            try {
                long startNanos = System.nanoTime();
                client.send("get " + a + " " + b + "\r\nget " + b + "\r\nget " + a + "\r\n");
                assertThat(other.call("get " + a + "\r\n")).isEqualTo(value(a, "1") + "END\r\n");
                assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                        .as("a client that does not ask the hanging server")
                        .isLessThan(Duration.ofMillis(TIMEOUT_MILLIS));
                assertThat(client.read(3))
                        .containsExactly(TIMED_OUT, TIMED_OUT, value(a, "1") + "END\r\n");
            } finally {
                second.thaw();
            }
            assertThat(client.call("get " + a + " " + b + "\r\n"))
                    .isEqualTo(value(a, "1") + "END\r\n");
        }
    }

    @Test
    void failsEveryRequestOnceWhenAllServersAreDead() {
        try (ProxyProcess proxy = proxy();
                MemcacheClient client = proxy.memcacheClient()) {
            servers.servers().forEach(MemcachedServer::kill);
            client.send("get " + a + " " + b + " " + c + "\r\n" + "get " + a + "\r\n")
                    .send(set(b, "1"))
                    .send("version\r\n")
                    .send("mn\r\n");
            assertThat(client.read(5))
                    .containsExactly(REFUSED, REFUSED, REFUSED, REFUSED, "MN\r\n");
        }
    }

    @Test
    void passesOnThatAValueIsTooLargeAndStaysInStep() {
        String large = "x".repeat(2 * 1024 * 1024);
        String tooLarge = "SERVER_ERROR object too large for cache\r\n";
        try (MemcacheClient client = servers.client()) {
            client.send(set(b, large))
                    .send("get " + b + "\r\n")
                    .send("ms " + b + " " + large.length() + "\r\n" + large + "\r\n")
                    .send("set " + b + " 0 0 " + large.length() + " noreply\r\n" + large + "\r\n")
                    .send(set(b, "small"))
                    .send("get " + a + " " + b + "\r\n");
            assertThat(client.read(5))
                    .containsExactly(
                            tooLarge,
                            "END\r\n",
                            tooLarge,
                            "STORED\r\n",
                            value(b, "small") + "END\r\n");
        }
    }

    @Test
    void missesAllWhenAllServersAreDead() {
        try (ProxyProcess proxy = proxy("on_failure: miss", "auto_eject_hosts: true");
                MemcacheClient client = proxy.memcacheClient()) {
            servers.servers().forEach(MemcachedServer::kill);
            for (int i = 0; i < 10; i++) { // before the servers are ejected, and after that
                assertThat(client.call("get " + a + " " + b + " " + c + "\r\n"))
                        .isEqualTo("END\r\n");
            }
            assertThat(client.call(set(a, "1"))).isEqualTo(REFUSED);
        }
    }

    @Test
    void rehashesKeysOfDeadServerAndTakesItBack() {
        try (ProxyProcess proxy =
                        proxy(
                                "on_failure: rehash",
                                "server_failure_limit: 1",
                                "server_retry_timeout: 600");
                MemcacheClient client = proxy.memcacheClient()) {
            second.kill();
            assertThat(client.call(set(b, "1"))).isEqualTo(REFUSED);
            assertThat(client.call(set(b, "2"))).isEqualTo("STORED\r\n");
            second.restart();
            await().pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        assertThat(client.call(set(b, "3"))).isEqualTo("STORED\r\n");
                        return second.ask("get " + b + "\r\n").startsWith("VALUE");
                    });
        }
    }

    @Test
    void keepsSilentAboutWhatNobodyWaitsFor() {
        try (ProxyProcess proxy = proxy();
                MemcacheClient client = proxy.memcacheClient()) {
            second.kill();
            client.send("set " + b + " 0 0 1 noreply\r\nx\r\ndelete " + b + " noreply\r\n");
            assertThat(client.call("get " + a + "\r\n")).isEqualTo("END\r\n");
            second.restart();
            second.freeze();
            try {
                long startNanos = System.nanoTime();
                client.send("set " + b + " 0 0 1 noreply\r\nx\r\n");
                assertThat(client.call("get " + a + " " + c + "\r\n")).isEqualTo("END\r\n");
                assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                        .isLessThan(Duration.ofMillis(TIMEOUT_MILLIS));
            } finally {
                second.thaw();
            }
        }
    }

    @Test
    void tellsAVersionThoughOneServerIsDead() {
        for (MemcachedServer dead : servers.servers()) {
            try (ProxyProcess proxy = proxy();
                    MemcacheClient client = proxy.memcacheClient()) {
                dead.kill();
                client.call("version\r\n");
                assertThat(client.call("version\r\n")).startsWith("VERSION ");
                dead.restart();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OK? 1\r\n",
                "+OK\r\n",
                "VALUE\r\n",
                "VALUE x 0 1\r\nxx\r\n",
                "\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n"
            })
    void endsConnectionThatSpeaksNonsense(String nonsense) {
        try (FakeServer fake = FakeServer.answering(nonsense);
                ProxyProcess proxy = proxy(fake);
                MemcacheClient client = proxy.memcacheClient();
                MemcacheClient other = proxy.memcacheClient()) {
            assertThat(client.call("get " + b + "\r\n")).isEqualTo(INVALID);
            assertThat(client.call("get " + b + " " + a + "\r\n")).isEqualTo(INVALID);
            assertThat(other.call("get " + a + "\r\n")).isEqualTo("END\r\n");
            await().until(() -> fake.connectionCount() == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR\r\n", "SERVER_ERROR busy\r\n", "CLIENT_ERROR no\r\n"})
    void passesErrorOfServerOnAndKeepsTheConnection(String error) {
        try (FakeServer fake = FakeServer.answering(error);
                ProxyProcess proxy = proxy(fake);
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call("get " + b + "\r\n")).isEqualTo(error);
            assertThat(client.call(set(b, "x"))).isEqualTo(error);
            assertThat(client.call("get " + b + " " + a + "\r\n")).isEqualTo(INVALID);
            assertThat(client.call("get " + a + "\r\n")).isEqualTo("END\r\n");
            assertThat(fake.connectionCount()).isOne();
        }
    }

    @Test
    void failsTheRequestWhoseResponseStopsInTheMiddle() {
        FakeServer.Script half =
                connection -> {
                    connection.readRequest();
                    connection.write("VALUE " + b + " 0 10\r\nhalf");
                };
        try (FakeServer fake = FakeServer.playing(half);
                ProxyProcess proxy = proxy(fake);
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call("get " + b + "\r\n")).isEqualTo(CLOSED);
            assertThat(client.call("get " + a + "\r\n")).isEqualTo("END\r\n");
        }
    }

    @Test
    void givesResponseNobodyAskedForToNobody() {
        FakeServer.Script eager =
                connection -> {
                    connection.readRequest();
                    connection.write("END\r\nVALUE stray 0 1\r\nx\r\nEND\r\n");
                    connection.readRequest();
                };
        try (FakeServer fake = FakeServer.playing(eager);
                ProxyProcess proxy = proxy(fake);
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call("get " + b + "\r\n")).isEqualTo("END\r\n");
            await().until(() -> proxy.log().contains("sent a response nobody waits for"));
            assertThat(client.call("get " + b + "\r\n")).isEqualTo("END\r\n");
        }
    }

    @Test
    void tellsResetsFromTimeoutsAndUnknownNames() {
        FakeServer.Script reset =
                connection -> {
                    connection.readRequest();
                    connection.reset();
                };
        try (FakeServer fake = FakeServer.playing(reset);
                ProxyProcess proxy = proxy(fake);
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call("get " + b + "\r\n"))
                    .isEqualTo("SERVER_ERROR Connection reset by peer\r\n");
        }
        try (FakeServer fake = FakeServer.silent();
                ProxyProcess proxy = proxy(fake);
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call("get " + b + "\r\n")).isEqualTo(TIMED_OUT);
        }
        try (ProxyProcess proxy =
                        ProxyProcess.start(PoolFile.memcache().server("no.such.host.invalid:1"));
                MemcacheClient client = proxy.memcacheClient()) {
            assertThat(client.call("get " + b + "\r\n")).isEqualTo("SERVER_ERROR Host is down\r\n");
        }
    }
}
