package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands over keys of several servers: split, sent to each, joined again, also when one server
 * fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitIT {

    private static final int TIMEOUT_MILLIS = 800;
    private static final int MANY_KEYS = 10_000;

    private final ProxiedServers servers =
            ProxiedServers.start(3, pool -> pool.set("timeout", TIMEOUT_MILLIS));
    private final KeysOn keysOn = servers.keysOn();
    private final RedisServer first = servers.server(0);
    private final RedisServer second = servers.server(1);
    private final RedisServer third = servers.server(2);
    private final String a = keysOn.of(first);
    private final String b = keysOn.of(second);
    private final String c = keysOn.of(third);
    private RespClient client = servers.client();

    @BeforeEach
    void connect() {
        servers.flush();
        client.close();
        client = servers.client();
    }

    @AfterEach
    void keepsServingOnTheSameConnection() {
        assertThat(client.call("SET", a, "still here").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("GET", a).text()).isEqualTo("$10\r\nstill here\r\n");
    }

    @AfterAll
    void stop() {
        client.close();
        servers.close();
    }

    @Test
    void joinsValuesInTheOrderOfTheKeysAsked() {
        assertThat(client.call("MSET", a, "1", b, "2", c, "3").text()).isEqualTo("+OK\r\n");
        assertThat(first.ask("GET", a).value()).isEqualTo("1");
        assertThat(second.ask("GET", b).value()).isEqualTo("2");
        assertThat(third.ask("GET", c).value()).isEqualTo("3");
        assertThat(client.call("MGET", c, b, a).elements()).containsExactly("3", "2", "1");
        assertThat(client.call("MGET", b, a, b, "none", c, a, b).elements())
                .containsExactly("2", "1", "2", null, "3", "1", "2");
    }

    @Test
    void givesNullForMissingKeysAndForOtherTypes() {
        client.call("RPUSH", b, "x");
        assertThat(client.call("MGET", a, b, c).text()).isEqualTo("*3\r\n$-1\r\n$-1\r\n$-1\r\n");
    }

    @Test
    void keepsEmptyAndBinaryValuesApart() {
        client.call("MSET", a, "", b, "\r\n$-1\r\n", c, "\0\u00ff");
        assertThat(client.call("MGET", a, b, c, "none").elements())
                .containsExactly("", "\r\n$-1\r\n", "\0\u00ff", null);
    }

    @Test
    void letsTheLastValueOfADoubledKeyWin() {
        client.call("MSET", a, "1", b, "2", a, "3");
        assertThat(client.call("MGET", a, b).elements()).containsExactly("3", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEL", "UNLINK", "TOUCH", "EXISTS"})
    void sumsTheCountsOfAllServers(String command) {
        client.call("MSET", a, "1", b, "2", c, "3");
        assertThat(client.call(command, a, "none", c, b).text()).isEqualTo(":3\r\n");
        boolean removes = command.equals("DEL") || command.equals("UNLINK");
        assertThat(client.call("EXISTS", a, b, c).integer()).isEqualTo(removes ? 0 : 3);
    }

    @Test
    void countsAKeyNamedTwiceTwice() {
        client.call("MSET", a, "1", b, "2");
        assertThat(client.call("EXISTS", a, b, a, a).integer()).isEqualTo(4);
        assertThat(client.call("DEL", a, b, a).integer()).isEqualTo(2);
    }

    @Test
    void answersWrongNumbersOfArgumentsWithAnErrorAndGoesOn() {
        assertThat(client.call("MSET", a, "1", b).text()).startsWith("-ERR ");
        assertThat(client.call("MGET").text()).startsWith("-ERR ");
        assertThat(client.call("DEL").text()).startsWith("-ERR ");
        assertThat(client.call("EXISTS", a, b).integer()).isZero();
    }

    @Test
    void splitsTenThousandKeys() {
        var set = new ArrayList<>(List.of("MSET"));
        var get = new ArrayList<>(List.of("MGET"));
        var del = new ArrayList<>(List.of("DEL"));
        var values = new ArrayList<String>();
        for (int i = 0; i < MANY_KEYS; i++) {
            set.addAll(List.of("many:" + i, "value " + i));
            get.add("many:" + i);
            del.add("many:" + i);
            values.add("value " + i);
        }
        assertThat(client.call(set.toArray(String[]::new)).text()).isEqualTo("+OK\r\n");
        Response got = client.call(get.toArray(String[]::new));
        assertThat(got.elements()).isEqualTo(values);
        assertThat(client.call(del.toArray(String[]::new)).integer()).isEqualTo(MANY_KEYS);
    }

    @Test
    void answersEveryOtherPartWhileOneServerIsDead() {
        killSecond();
        try {
            assertThat(client.call("MGET", a, b, c).text())
                    .isEqualTo("-ERR Connection refused\r\n");
            assertThat(client.call("MSET", a, "1", b, "2", c, "3").text())
                    .isEqualTo("-ERR Connection refused\r\n");
            assertThat(client.call("MGET", a, c).elements()).containsExactly("1", "3");
            assertThat(client.call("DEL", a, b, c).text()).isEqualTo("-ERR Connection refused\r\n");
            assertThat(client.call("EXISTS", a, c).integer()).isZero();
            assertThat(client.call("EXISTS", a, b).text()).isEqualTo("-ERR Connection refused\r\n");
        } finally {
            second.restart();
        }
        assertThat(client.call("MSET", a, "4", b, "5", c, "6").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("MGET", a, b, c).elements()).containsExactly("4", "5", "6");
    }

    @Test
    void answersAfterTheTimeoutWhileOneServerStalls() {
        client.call("MSET", a, "1", b, "2", c, "3");
        long startNanos = System.nanoTime();
        second.freeze();
        try {
            assertThat(client.call("MGET", a, b, c).text())
                    .isEqualTo("-ERR Connection timed out\r\n");
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                    .isBetween(Duration.ofMillis(TIMEOUT_MILLIS - 50), Duration.ofSeconds(3));
            assertThat(client.call("MGET", a, c).elements()).containsExactly("1", "3");
            assertThat(client.call("TOUCH", a, b).text())
                    .isEqualTo("-ERR Connection timed out\r\n");
        } finally {
            second.thaw();
        }
        assertThat(client.call("MGET", a, b, c).elements()).containsExactly("1", "2", "3");
    }

    @Test
    void keepsTheOrderOfAPipelineAroundAFailedPart() {
        client.call("MSET", a, "1", c, "3");
        killSecond();
        try {
            client.send(Resp.request("GET", a)).send(Resp.request("MGET", a, b, c));
            client.send(Resp.request("GET", c))
                    .send(Resp.request("DEL", b, c))
                    .send(Resp.request("GET", a));
            assertThat(client.read(5))
                    .extracting(Response::text)
                    .containsExactly(
                            "$1\r\n1\r\n",
                            "-ERR Connection refused\r\n",
                            "$1\r\n3\r\n",
                            "-ERR Connection refused\r\n",
                            "$1\r\n1\r\n");
        } finally {
            second.restart();
        }
    }

    @Test
    void turnsAnErrorOfOneServerIntoOneError() {
        second.ask("CONFIG", "SET", "min-replicas-to-write", "1");
        try {
            assertThat(client.call("MSET", a, "1", b, "2", c, "3").text())
                    .startsWith("-")
                    .endsWith("\r\n");
            assertThat(client.call("DEL", c, b, "none").text()).startsWith("-").endsWith("\r\n");
            assertThat(client.call("MGET", a, b, c).elements()).containsExactly("1", null, null);
        } finally {
            second.ask("CONFIG", "SET", "min-replicas-to-write", "0");
        }
    }

    @Test
    void namesWhatHappenedToThePartThatFailed() {
        var script = new AtomicReference<FakeServer.Script>(FakeServer.Connection::reset);
        try (FakeServer fake = FakeServer.playing(connection -> script.get().play(connection));
                ProxyProcess proxy = startWithSecond(fake);
                RespClient split = proxy.client()) {
            script.set(after(FakeServer.Connection::reset));
            assertThat(split.call("MGET", a, b, c).text())
                    .isEqualTo("-ERR Connection reset by peer\r\n");
            script.set(after(_ -> {}));
            assertThat(split.call("MGET", a, b, c).text()).isEqualTo("-ERR unknown\r\n");
            script.set(after(connection -> connection.write("*1\r\n$100\r\nhalf")));
            assertThat(split.call("MGET", a, b, c).text()).isEqualTo("-ERR unknown\r\n");
            script.set(after(connection -> connection.write("what is this\r\n")));
            assertThat(split.call("DEL", a, b, c).text()).isEqualTo("-ERR Invalid argument\r\n");
            script.set(after(connection -> connection.write("-LOADING wait\r\n")));
            assertThat(split.call("MSET", a, "1", b, "2").text())
                    .isEqualTo("-ERR Invalid argument\r\n");
            assertThat(split.call("MGET", a, c).elements()).containsExactly("1", null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*1\r\n$1\r\nx\r\n",
                "*3\r\n$1\r\nx\r\n$1\r\ny\r\n$1\r\nz\r\n",
                ":2\r\n",
                "+OK\r\n",
                "*-1\r\n"
            })
    void refusesAPartThatDoesNotFitItsKeys(String answer) {
        String b2 = keysOn.of(second, 2).get(1);
        try (FakeServer fake = FakeServer.answering(answer);
                ProxyProcess proxy = startWithSecond(fake);
                RespClient split = proxy.client()) {
            assertThat(split.call("MGET", a, b, c, b2).text())
                    .isEqualTo("-ERR Invalid argument\r\n");
            assertThat(split.call("MGET", a, c).elements()).hasSize(2);
        }
    }

    @Test
    void writesPartsInLowerCaseAndSingleKeysAsTheyCame() {
        try (FakeServer fake = FakeServer.answering("*2\r\n$1\r\nx\r\n$-1\r\n");
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(fake.address()));
                RespClient split = proxy.client()) {
            assertThat(split.call("MGET", "a", "b").text()).isEqualTo("*2\r\n$1\r\nx\r\n$-1\r\n");
            split.call("MGeT", "a");
            assertThat(fake.requests())
                    .containsExactly(List.of("mget", "a", "b"), List.of("MGeT", "a"));
        }
    }

    /** Kills the second server, and waits until the proxy has seen the end of its connection. */
    private void killSecond() {
        second.kill();
        await().until(() -> client.call("GET", b).text().equals("-ERR Connection refused\r\n"));
    }

    private ProxyProcess startWithSecond(FakeServer fake) {
        return ProxyProcess.start(
                PoolFile.redis()
                        .server(first)
                        .server(fake.address())
                        .server(third)
                        .set("timeout", 2000));
    }

    private static FakeServer.Script after(FakeServer.Script script) {
        return connection -> {
            connection.readRequest();
            script.play(connection);
        };
    }
}
