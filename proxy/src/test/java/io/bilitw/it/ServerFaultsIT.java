package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that misbehaves costs the requests that wait for it an error each, and nothing more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerFaultsIT {

    private static final int TIMEOUT_MILLIS = 1_000;

    /** Answers each request with the bytes that the request's key consists of. */
    private static final FakeServer.Script MIRROR =
            connection -> {
                while (true) {
                    connection.write(connection.readRequest().get(1));
                }
            };

    private final AtomicReference<FakeServer.Script> script = new AtomicReference<>(MIRROR);
    private final FakeServer server =
            FakeServer.playing(connection -> script.get().play(connection));
    private final ProxyProcess proxy =
            ProxyProcess.start(
                    PoolFile.redis().server(server.address()).set("timeout", TIMEOUT_MILLIS));
    private RespClient client = proxy.client();

    @BeforeEach
    void connect() {
        client = proxy.client();
    }

    @AfterEach
    void recoversOnTheSameClientConnection() {
        script.set(MIRROR);
        // The first answer may still come from a connection that plays the old script.
        client.call("GET", ":1\r\n");
        assertThat(client.call("GET", "+recovered\r\n").text()).isEqualTo("+recovered\r\n");
        client.close();
    }

    @AfterAll
    void stop() {
        try (server) {
            proxy.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
                "-OOM\r\n",
                "-BUSY Redis is busy running a script.\r\n",
                "-LOADING Redis is loading the dataset in memory\r\n",
            })
    void takesTransientErrorsForFailures(String answer) {
        int connections = server.connectionCount();
        assertThat(client.call("GET", answer).text()).isEqualTo("-ERR Invalid argument\r\n");
        assertThat(client.call("GET", "+next\r\n").text()).isEqualTo("+next\r\n");
        assertThat(server.connectionCount()).isGreaterThan(connections);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR any text\r\n",
                "-READONLY You can't write against a read only replica.\r\n",
                "-MISCONF snapshots\r\n",
                "-MASTERDOWN Link with MASTER is down\r\n",
                "-NOSCRIPT No matching script.\r\n",
                "-BUSYKEY Target key name already exists.\r\n",
                "-BUSYGROUP Consumer Group name already exists\r\n",
                "-MOVED 3999 127.0.0.1:6381\r\n",
                "-oom lower case\r\n",
                "-OOMX\r\n",
                "-ERR -OOM\r\n",
            })
    void passesOtherErrorsOnUnchanged(String answer) {
        client.call("GET", ":1\r\n");
        int connections = server.connectionCount();
        assertThat(client.call("GET", answer).text()).isEqualTo(answer);
        assertThat(server.connectionCount()).isEqualTo(connections);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n",
                "%1\r\n+a\r\n+b\r\n",
                "_\r\n",
                "#t\r\n",
                ":abc\r\n",
                "$x\r\n",
                "*x\r\n",
                "*2\r\n:1\r\n?\r\n",
                "\r\n",
            })
    void refusesWhatIsNoResponse(String answer) {
        assertThat(client.call("GET", answer).text()).isEqualTo("-ERR Invalid argument\r\n");
    }

    @Test
    void closesAConnectionThatAnswersWhatNobodyAsked() {
        assertThat(client.call("GET", ":1\r\n:2\r\n").text()).isEqualTo(":1\r\n");
        int connections = server.connectionCount();
        assertThat(client.call("GET", "+own\r\n").text()).isEqualTo("+own\r\n");
        assertThat(server.connectionCount()).isEqualTo(connections + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$5\r\nhal", "*2\r\n$1\r\na\r\n", "+OK", "$1"})
    void saysUnknownWhenAServerClosesBeforeTheWholeAnswer(String part) {
        useOnNextConnection(connection -> {
            connection.readRequest();
            connection.write(part);
        });
        assertThat(client.call("GET", "k").text()).isEqualTo("-ERR unknown\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$5\r\nhal"})
    void saysResetWhenAServerResets(String part) {
        useOnNextConnection(connection -> {
            connection.readRequest();
            connection.write(part);
            connection.reset();
        });
        assertThat(client.call("GET", "k").text()).isEqualTo("-ERR Connection reset by peer\r\n");
    }

    @Test
    void failsEveryRequestThatWaitsOnTheConnection() {
        useOnNextConnection(connection -> {
            connection.readRequest();
            connection.write("+first\r\n");
            connection.readRequest();
            connection.readRequest();
        });
        try (RespClient other = proxy.client()) {
            client.send(Resp.request("GET", "1"));
            assertThat(client.read().text()).isEqualTo("+first\r\n");
            other.send(Resp.request("GET", "2"));
            client.send(Resp.request("GET", "3"));
            assertThat(other.read().text()).isEqualTo("-ERR unknown\r\n");
            assertThat(client.read().text()).isEqualTo("-ERR unknown\r\n");
        }
    }

    @Test
    void answersWithinTheTimeoutWhenAServerStaysSilent() {
        useOnNextConnection(connection -> {
            while (true) {
                connection.readRequest();
            }
        });
        long startNanos = System.nanoTime();
        client.send(Resp.request("GET", "a"))
                .send(Resp.request("GET", "b"))
                .send(Resp.request("PING"));
        assertThat(client.read(3))
                .extracting(Response::text)
                .containsExactly(
                        "-ERR Connection timed out\r\n",
                        "-ERR Connection timed out\r\n",
                        "+PONG\r\n");
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isBetween(
                        Duration.ofMillis(TIMEOUT_MILLIS - 50),
                        Duration.ofMillis(3L * TIMEOUT_MILLIS));
    }

    @Test
    void countsTheTimeoutFromTheRequestAndNotFromTheConnection() {
        useOnNextConnection(connection -> {
            for (int i = 0; i < 4; i++) {
                connection.readRequest();
                connection.write("+slow");
                pause();
                connection.write("\r\n");
            }
        });
        for (int i = 0; i < 4; i++) {
            assertThat(client.call("GET", "k").text()).isEqualTo("+slow\r\n");
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(TIMEOUT_MILLIS / 3).toNanos());
    }

    @Test
    void takesARealServerOutOfMemoryForAFailure() {
        try (ProxiedServers servers = ProxiedServers.start(1);
                RespClient other = servers.client()) {
            servers.server(0).ask("CONFIG", "SET", "maxmemory", "1");
            assertThat(other.call("SET", "k", "v").text()).isEqualTo("-ERR Invalid argument\r\n");
            servers.server(0).ask("CONFIG", "SET", "maxmemory", "0");
            assertThat(other.call("SET", "k", "v").text()).isEqualTo("+OK\r\n");
        }
    }

    /** Makes the proxy connect anew, and plays {@code next} there. */
    private void useOnNextConnection(FakeServer.Script next) {
        script.set(next);
        // A mirrored stray answer makes the proxy drop the connection it has, if it has one.
        client.call("GET", "hello\r\n");
    }
}
