package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Passwords and databases: asked of clients, given to servers, and never passed over in silence
 * when refused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthIT {

    private static final String NOAUTH = "-NOAUTH Authentication required\r\n";

    private final RedisServer server = RedisServer.start("--requirepass", "secret");
    private final ProxyProcess proxy =
            ProxyProcess.start(
                    PoolFile.redis().server(server).set("redis_auth", "secret").set("redis_db", 5));
    private RespClient client = proxy.client();

    @BeforeEach
    void connect() {
        client = proxy.client();
    }

    @AfterEach
    void disconnect() {
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
                "GET k",
                "SET k v",
                "PING",
                "MGET a b",
                "COMMAND",
                "INFO",
                "CLIENT ID",
                "SELECT 5"
            })
    void asksForThePasswordFirst(String command) {
        assertThat(client.call(command.split(" ", -1)).text()).isEqualTo(NOAUTH);
        assertThat(client.call("AUTH", "secret").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("GET", "none").text()).isEqualTo("$-1\r\n");
    }

    @Test
    void letsAnUnauthenticatedClientLeave() {
        assertThat(client.send(Resp.request("QUIT")).readToEnd()).isEqualTo("+OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "SECRET", "secre", "secrets", "secret "})
    void refusesAWrongPassword(String password) {
        assertThat(client.call("AUTH", password).text()).isEqualTo("-ERR invalid password\r\n");
        assertThat(client.call("GET", "k").text()).isEqualTo(NOAUTH);
    }

    @Test
    void forgetsTheClientAfterAWrongPassword() {
        assertThat(client.call("AUTH", "secret").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
        assertThat(client.call("AUTH", "wrong").text()).isEqualTo("-ERR invalid password\r\n");
        assertThat(client.call("PING").text()).isEqualTo(NOAUTH);
    }

    @Test
    void acceptsTheDefaultUserOnly() {
        assertThat(client.call("AUTH", "somebody", "secret").isError()).isTrue();
        assertThat(client.call("GET", "k").text()).isEqualTo(NOAUTH);
        assertThat(client.call("AUTH", "default", "wrong").isError()).isTrue();
        assertThat(client.call("AUTH", "default", "secret").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("GET", "none").text()).isEqualTo("$-1\r\n");
    }

    @Test
    void acceptsThePasswordInTheGreeting() {
        assertThat(client.call("HELLO", "2").text()).startsWith("-NOAUTH ");
        assertThat(client.call("HELLO", "2", "AUTH", "default", "wrong").isError()).isTrue();
        assertThat(
                        client.call("HELLO", "2", "AUTH", "default", "secret", "SETNAME", "me")
                                .elements())
                .containsSubsequence("proto", 2L);
        assertThat(client.call("CLIENT", "GETNAME").value()).isEqualTo("me");
    }

    @Test
    void takesPasswordAndRequestsInOnePipeline() {
        client.send(
                Resp.pipeline(
                        List.of(
                                Resp.request("GET", "k"),
                                Resp.request("AUTH", "secret"),
                                Resp.request("SET", "{p}", "v"),
                                Resp.request("AUTH", "wrong"),
                                Resp.request("GET", "{p}"),
                                Resp.request("AUTH", "secret"),
                                Resp.request("GET", "{p}"))));
        assertThat(client.read(7))
                .extracting(Response::text)
                .containsExactly(
                        NOAUTH,
                        "+OK\r\n",
                        "+OK\r\n",
                        "-ERR invalid password\r\n",
                        NOAUTH,
                        "+OK\r\n",
                        "$1\r\nv\r\n");
    }

    @Test
    void givesThePasswordAndThenTheDatabaseToServers() {
        client.call("AUTH", "secret");
        assertThat(client.call("SET", "placed", "here").text()).isEqualTo("+OK\r\n");
        assertThat(inDatabase(server, "secret", 5, "placed")).isEqualTo("here");
        assertThat(inDatabase(server, "secret", 0, "placed")).isEqualTo("null");
    }

    @Test
    void givesThemAgainToAServerThatComesBack() {
        client.call("AUTH", "secret");
        client.call("SET", "before", "x");
        server.restart();
        assertThat(client.call("SET", "again", "here").text()).isEqualTo("+OK\r\n");
        assertThat(inDatabase(server, "secret", 5, "again")).isEqualTo("here");
    }

    @Test
    void givesThemOnEveryConnection() {
        PoolFile pool =
                PoolFile.redis().server(server).set("redis_auth", "secret").set("redis_db", 6);
        try (ProxyProcess other =
                ProxyProcess.start(pool.set("server_connections", 4).set("preconnect", "true"))) {
            for (int i = 0; i < 12; i++) {
                try (RespClient each = other.client()) {
                    assertThat(each.call("AUTH", "secret").text()).isEqualTo("+OK\r\n");
                    assertThat(each.call("SET", "each" + i, "v").text()).isEqualTo("+OK\r\n");
                }
                assertThat(inDatabase(server, "secret", 6, "each" + i)).isEqualTo("v");
            }
        }
    }

    @Test
    void showsThatAServerRefusesThePassword() {
        try (RedisServer strict = RedisServer.start("--requirepass", "other");
                ProxyProcess other =
                        ProxyProcess.start(
                                PoolFile.redis().server(strict).set("redis_auth", "secret"));
                RespClient caller = other.client()) {
            assertThat(caller.call("AUTH", "secret").text()).isEqualTo("+OK\r\n");
            for (int i = 0; i < 3; i++) {
                assertThat(caller.call("SET", "k", "v").isError()).isTrue();
                assertThat(caller.call("MGET", "k", "l").isError()).isTrue();
            }
            assertThat(other.log()).contains(strict.address());
            assertThat(inDatabase(strict, "other", 0, "k")).isEqualTo("null");
        }
    }

    @Test
    void passesOnThatAServerWantsAPassword() {
        try (ProxyProcess other = ProxyProcess.start(PoolFile.redis().server(server));
                RespClient caller = other.client()) {
            assertThat(caller.call("GET", "k").text())
                    .isEqualTo("-NOAUTH Authentication required.\r\n");
        }
    }

    @Test
    void showsThatAServerRefusesTheDatabase() {
        try (RedisServer open = RedisServer.start();
                ProxyProcess other =
                        ProxyProcess.start(PoolFile.redis().server(open).set("redis_db", 99));
                RespClient caller = other.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(caller.call("SET", "k", "v").isError()).isTrue();
            }
            assertThat(open.ask("DBSIZE").text()).isEqualTo(":0\r\n");
        }
    }

    @Test
    void selectsTheDatabaseOverAUnixSocket() {
        try (RedisServer unix = RedisServer.onUnixSocket("--requirepass", "secret");
                ProxyProcess other =
                        ProxyProcess.start(
                                PoolFile.redis()
                                        .server(unix)
                                        .set("redis_auth", "secret")
                                        .set("redis_db", 7));
                RespClient caller = other.client()) {
            caller.call("AUTH", "secret");
            assertThat(caller.call("SET", "k", "v").text()).isEqualTo("+OK\r\n");
            assertThat(caller.call("GET", "k").value()).isEqualTo("v");
            assertThat(inDatabase(unix, "secret", 7, "k")).isEqualTo("v");
            assertThat(inDatabase(unix, "secret", 0, "k")).isEqualTo("null");
        }
    }

    private static String inDatabase(
            RedisServer server, String password, int database, String key) {
        try (RespClient direct = server.client()) {
            direct.call("AUTH", password);
            direct.call("SELECT", Integer.toString(database));
            return String.valueOf(direct.call("GET", key).value());
        }
    }
}
