package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FreePorts;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy answers itself, so that clients connect with their default settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalAnswersIT {

    private final ProxiedServers servers = ProxiedServers.start(3);
    private RespClient client = servers.client();

    @BeforeEach
    void connect() {
        client = servers.client();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @Test
    void answersPingAndEcho() {
        assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
        assertThat(client.call("ping", "a message\r\n").text())
                .isEqualTo(Resp.bulk("a message\r\n"));
        assertThat(client.call("PING", "a", "b").text())
                .startsWith("-ERR wrong number of arguments");
        assertThat(client.call("ECHO", "").text()).isEqualTo("$0\r\n\r\n");
        assertThat(client.call("ECHO").text()).startsWith("-ERR wrong number of arguments");
    }

    @Test
    void echoesALargeMessage() {
        String large = "x".repeat(1_000_000);
        assertThat(client.call("ECHO", large).text().equals(Resp.bulk(large))).isTrue();
    }

    @Test
    void saysGoodbye() {
        assertThat(client.send(Resp.request("QUIT")).readToEnd()).isEqualTo("+OK\r\n");
    }

    @Test
    void tellsThatNoPasswordIsSet() {
        assertThat(client.call("AUTH", "x").text())
                .isEqualTo("-ERR Client sent AUTH, but no password is set\r\n");
        assertThat(client.call("AUTH", "user", "x").isError()).isTrue();
        assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
    }

    @Test
    void greetsInTheSecondProtocolAndKnowsNoFourth() {
        assertThat(greeting("HELLO")).containsSubsequence("server", "proto", 2L, "mode", "role");
        assertThat(greeting("HELLO", "2")).containsSubsequence("version", "proto", 2L);
        assertThat(client.call("HELLO", "1").text()).startsWith("-NOPROTO ");
        assertThat(client.call("HELLO", "4", "AUTH", "default", "x", "SETNAME", "n").text())
                .startsWith("-NOPROTO ");
        assertThat(client.call("HELLO", "x").isError()).isTrue();
        assertThat(client.call("HELLO", "2", "NOSUCH").isError()).isTrue();
        assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
    }

    @Test
    void takesTheNameFromTheGreeting() {
        greeting("HELLO", "2", "SETNAME", "me");
        assertThat(client.call("CLIENT", "GETNAME").value()).isEqualTo("me");
    }

    private List<@Nullable Object> greeting(String... command) {
        return client.call(command).elements();
    }

    @Test
    void keepsTheNameOfAClient() {
        assertThat(client.call("CLIENT", "GETNAME").text()).isEqualTo("$-1\r\n");
        assertThat(client.call("client", "setname", "worker-7").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("CLIENT", "GETNAME").value()).isEqualTo("worker-7");
        assertThat(client.call("CLIENT", "SETNAME", "with blank").isError()).isTrue();
        try (RespClient other = servers.client()) {
            assertThat(other.call("CLIENT", "GETNAME").text()).isEqualTo("$-1\r\n");
        }
    }

    @Test
    void acceptsWhatLibrariesTellOfThemselves() {
        assertThat(client.call("CLIENT", "SETINFO", "LIB-NAME", "lib").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("CLIENT", "SETINFO", "LIB-VER", "1.0").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("CLIENT", "NO-EVICT", "on").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("CLIENT", "NO-TOUCH", "off").text()).isEqualTo("+OK\r\n");
    }

    @Test
    void describesTheClientItself() {
        long id = client.call("CLIENT", "ID").integer();
        try (RespClient other = servers.client()) {
            assertThat(other.call("CLIENT", "ID").integer()).isPositive().isNotEqualTo(id);
        }
        client.call("CLIENT", "SETNAME", "me");
        String own = "id=" + id + " addr=127.0.0.1:" + client.localPort();
        assertThat(String.valueOf(client.call("CLIENT", "INFO").value()))
                .startsWith(own)
                .contains(" name=me ");
        assertThat(String.valueOf(client.call("CLIENT", "LIST").value()))
                .contains(own)
                .contains(" name=me ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLIENT REPLY OFF",
                "CLIENT REPLY SKIP",
                "CLIENT KILL ID 1",
                "CLIENT PAUSE 1",
                "CLIENT TRACKING ON",
                "CLIENT NOSUCH",
                "CLIENT",
                "CLUSTER INFO",
                "CLUSTER SLOTS",
                "CLUSTER NODES",
                "CONFIG SET save 1",
                "SELECT 1",
                "SELECT x",
                "SELECT -1",
            })
    void refusesPolitely(String command) {
        assertThat(client.call(command.split(" ", -1)).text()).startsWith("-ERR ");
        assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
    }

    @Test
    void listsItsCommands() {
        long count = client.call("COMMAND", "COUNT").integer();
        assertThat(count).isGreaterThan(200);
        assertThat(client.call("COMMAND", "LIST").elements())
                .hasSizeGreaterThanOrEqualTo((int) count)
                .contains("get", "xadd", "hello");
        assertThat(client.call("COMMAND").elements())
                .hasSize((int) count)
                .allMatch(List.class::isInstance);
        assertThat(client.call("COMMAND", "INFO").elements()).hasSize((int) count);
        assertThat(client.call("COMMAND", "DOCS", "get", "nosuch").elements())
                .first()
                .isEqualTo("get");
        List<@Nullable Object> two = client.call("COMMAND", "INFO", "GET", "nosuch").elements();
        assertThat(two).hasSize(2);
        assertThat(two.get(1)).isNull();
        assertThat(String.valueOf(two.getFirst())).startsWith("[get, 2, [");
    }

    @Test
    void findsTheKeysOfACommand() {
        assertThat(keysOf("MSET a 1 b 2")).containsExactly("a", "b");
        assertThat(keysOf("GET k")).containsExactly("k");
        assertThat(keysOf("EVAL script 2 a b c")).containsExactly("a", "b");
        assertThat(keysOf("ZUNION 2 a b WITHSCORES")).containsExactly("a", "b");
        assertThat(keysOf("ZUNIONSTORE d 2 a b")).containsExactly("d", "a", "b");
        assertThat(keysOf("XREAD COUNT 1 STREAMS a b 0 0")).containsExactly("a", "b");
        assertThat(keysOf("LMPOP 1 a LEFT")).containsExactly("a");
        assertThat(keysOf("OBJECT ENCODING k")).containsExactly("k");
        assertThat(client.call("COMMAND", "GETKEYS", "PING").text()).startsWith("-ERR ");
        assertThat(client.call("COMMAND", "GETKEYS", "NOSUCH", "k").text()).startsWith("-ERR ");
    }

    private List<@Nullable Object> keysOf(String command) {
        return client.call(("COMMAND GETKEYS " + command).split(" ", -1)).elements();
    }

    @Test
    void answersTheProbesOfClients() {
        assertThat(client.call("SELECT", "0").text()).isEqualTo("+OK\r\n");
        assertThat(String.valueOf(client.call("INFO").value()))
                .contains("redis_version:")
                .contains("# Server");
        assertThat(String.valueOf(client.call("INFO", "server").value()))
                .contains("redis_version:");
        assertThat(client.call("READONLY").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("READWRITE").text()).isEqualTo("+OK\r\n");
        assertThat(client.call("CONFIG", "GET", "save").text()).isEqualTo("*0\r\n");
        assertThat(client.call("LOLWUT").isError()).isFalse();
        assertThat(client.call("TIME").elements())
                .hasSize(2)
                .allMatch(part -> String.valueOf(part).matches("\\d+"));
    }

    @Test
    void forgetsTheNameOnReset() {
        client.call("CLIENT", "SETNAME", "me");
        assertThat(client.call("RESET").text()).isEqualTo("+RESET\r\n");
        assertThat(client.call("CLIENT", "GETNAME").text()).isEqualTo("$-1\r\n");
    }

    @Test
    void keepsItsPlaceAmongTheAnswersOfServers() {
        for (int i = 0; i < 500; i++) {
            client.send(Resp.request("SET", "k" + i, "v" + i)).send(Resp.request("ECHO", "e" + i));
            client.send(Resp.request("GET", "k" + i)).send(Resp.request("SELECT", "0"));
        }
        for (int i = 0; i < 500; i++) {
            assertThat(client.read(4))
                    .extracting(Response::value)
                    .containsExactly("OK", "e" + i, "v" + i, "OK");
        }
    }

    @Test
    void knowsItsOwnDatabaseAndNeedsNoServer() {
        PoolFile pool = PoolFile.redis().server("127.0.0.1:" + FreePorts.next()).set("redis_db", 3);
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                RespClient other = proxy.client()) {
            assertThat(other.call("PING").text()).isEqualTo("+PONG\r\n");
            assertThat(other.call("SELECT", "3").text()).isEqualTo("+OK\r\n");
            assertThat(other.call("SELECT", "1").text()).startsWith("-ERR ");
            assertThat(other.call("COMMAND", "COUNT").integer()).isPositive();
        }
    }
}
