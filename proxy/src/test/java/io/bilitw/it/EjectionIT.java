package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Servers that fail are left out, their keys go to the others, and after a while they are tried
 * again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EjectionIT {

    private static final String REFUSED = "-ERR Connection refused\r\n";
    private static final String TIMED_OUT = "-ERR Connection timed out\r\n";
    private static final int NEVER_MILLIS = 600_000;
    private static final int TIMEOUT_MILLIS = 800;

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final KeysOn keysOn = servers.keysOn();
    private final RedisServer first = servers.server(0);
    private final RedisServer second = servers.server(1);
    private final RedisServer third = servers.server(2);
    private final String a = keysOn.of(first);
    private final String b = keysOn.of(second);
    private final String c = keysOn.of(third);

    @BeforeEach
    void restartAll() {
        servers.servers().forEach(RedisServer::restart);
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    private PoolFile ejecting(int failures, int retryMillis) {
        return PoolFile.redis()
                .set("auto_eject_hosts", "true")
                .set("server_failure_limit", failures)
                .set("server_retry_timeout", retryMillis)
                .set("timeout", TIMEOUT_MILLIS);
    }

    private PoolFile withAll(PoolFile pool) {
        return pool.server(first).server(second).server(third);
    }

    @Test
    void sendsTheKeysOfADeadServerElsewhereAfterTheLimit() {
        second.kill();
        try (ProxyProcess proxy = ProxyProcess.start(withAll(ejecting(2, NEVER_MILLIS)));
                RespClient client = proxy.client()) {
            assertThat(client.call("SET", b, "1").text()).isEqualTo(REFUSED);
            assertThat(client.call("SET", b, "2").text()).isEqualTo(REFUSED);
            assertThat(client.call("SET", b, "3").text()).isEqualTo("+OK\r\n");
            assertThat(first.ask("EXISTS", b).integer() + third.ask("EXISTS", b).integer())
                    .isEqualTo(1);
            assertThat(client.call("MSET", a, "1", b, "2", c, "3").text()).isEqualTo("+OK\r\n");
            assertThat(client.call("MGET", c, b, a).elements()).containsExactly("3", "2", "1");
            second.restart();
            assertThat(client.call("GET", b).value())
                    .as("not before the retry time")
                    .isEqualTo("2");
        }
    }

    @Test
    void triesTheServerAgainAfterTheRetryTime() {
        second.kill();
        try (ProxyProcess proxy = ProxyProcess.start(withAll(ejecting(1, 600)));
                RespClient client = proxy.client()) {
            assertThat(client.call("SET", b, "1").text()).isEqualTo(REFUSED);
            assertThat(client.call("SET", b, "2").text()).isEqualTo("+OK\r\n");
            second.restart();
            await().pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        assertThat(client.call("SET", b, "back").text()).isEqualTo("+OK\r\n");
                        return second.ask("EXISTS", b).integer() == 1;
                    });
        }
    }

    @Test
    void ejectsAServerAgainThatIsStillDeadAfterTheRetryTime() {
        second.kill();
        try (ProxyProcess proxy = ProxyProcess.start(withAll(ejecting(1, 300)));
                RespClient client = proxy.client()) {
            for (int round = 0; round < 3; round++) {
                await().pollInterval(Duration.ofMillis(20))
                        .until(() -> client.call("SET", b, "x").text().equals(REFUSED));
                assertThat(client.call("SET", b, "x").text()).isEqualTo("+OK\r\n");
            }
        }
    }

    @Test
    void ejectsAServerThatStaysSilent() {
        try (ProxyProcess proxy = ProxyProcess.start(withAll(ejecting(2, NEVER_MILLIS)));
                RespClient client = proxy.client()) {
            assertThat(client.call("SET", b, "1").text()).isEqualTo("+OK\r\n");
            second.freeze();
            try {
                assertThat(client.call("GET", b).text()).isEqualTo(TIMED_OUT);
                assertThat(client.call("GET", b).text()).isEqualTo(TIMED_OUT);
                assertThat(client.call("GET", b).text()).isEqualTo("$-1\r\n");
                assertThat(client.call("DEL", a, b, c).text()).isEqualTo(":0\r\n");
            } finally {
                second.thaw();
            }
        }
    }

    @Test
    void forgetsFailuresWhenTheServerAnswers() {
        // The fake server answers with the key: its hash tag leads there, and the key is the
        // answer.
        String bad = "-LOADING {" + b + "}\r\n";
        String good = "-ERR an error is an answer too {" + b + "}\r\n";
        try (FakeServer fake = FakeServer.playing(EjectionIT::mirror);
                ProxyProcess proxy =
                        ProxyProcess.start(
                                ejecting(3, NEVER_MILLIS)
                                        .server(first)
                                        .server(fake.address())
                                        .server(third));
                RespClient client = proxy.client()) {
            for (int round = 0; round < 4; round++) {
                assertThat(client.call("GET", bad).text()).isEqualTo("-ERR Invalid argument\r\n");
                assertThat(client.call("GET", bad).text()).isEqualTo("-ERR Invalid argument\r\n");
                assertThat(client.call("GET", good).text()).isEqualTo(good);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(client.call("GET", bad).text()).isEqualTo("-ERR Invalid argument\r\n");
            }
            assertThat(client.call("GET", good).text()).isEqualTo("$-1\r\n");
        }
    }

    private static void mirror(FakeServer.Connection connection) throws IOException {
        while (true) {
            connection.write(connection.readRequest().get(1));
        }
    }

    @Test
    void refusesAtOnceWhenAllServersAreEjected() {
        try (FakeServer one = FakeServer.silent();
                FakeServer two = FakeServer.silent();
                ProxyProcess proxy =
                        ProxyProcess.start(
                                ejecting(1, 3000).server(one.address()).server(two.address()));
                RespClient client = proxy.client()) {
            while (client.call("GET", "key" + System.nanoTime()).text().equals(TIMED_OUT)) {
                assertThat(one.connectionCount() + two.connectionCount()).isLessThanOrEqualTo(2);
            }
            long startNanos = System.nanoTime();
            for (String command :
                    new String[] {
                        "GET a", "MGET a b c d", "MSET a 1 b 2", "DEL a b c", "EXISTS a b"
                    }) {
                assertThat(client.call(command.split(" ", -1)).text()).isEqualTo(REFUSED);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                    .isLessThan(Duration.ofMillis(TIMEOUT_MILLIS));
            assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
            await().pollInterval(Duration.ofMillis(100))
                    .until(() -> client.call("GET", "a").text().equals(TIMED_OUT));
        }
    }

    @Test
    void ejectsNobodyByDefault() {
        second.kill();
        try (ProxyProcess proxy =
                        ProxyProcess.start(
                                withAll(PoolFile.redis().set("server_failure_limit", 1)));
                RespClient client = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.call("GET", b).text()).isEqualTo(REFUSED);
            }
            assertThat(client.call("GET", a).text()).isEqualTo("$-1\r\n");
        }
    }

    @Test
    void forgivesAServerThatClosesAnIdleConnection() {
        try (ProxyProcess proxy = ProxyProcess.start(withAll(ejecting(1, NEVER_MILLIS)));
                RespClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.call("SET", b, "v").text()).isEqualTo("+OK\r\n");
                assertThat(second.ask("EXISTS", b).integer()).as("restart %d", i).isEqualTo(1);
                second.restart();
            }
        }
    }
}
