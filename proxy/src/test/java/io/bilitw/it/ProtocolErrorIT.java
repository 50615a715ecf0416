package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.ProxiedServers;
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

/** What is malformed ends a connection after its earlier answers; what is only unknown does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolErrorIT {

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final KeysOn keysOn = servers.keysOn();
    private final String a = keysOn.of(servers.server(0));
    private final String b = keysOn.of(servers.server(1));
    private RespClient client = servers.client();

    @BeforeEach
    void connect() {
        client = servers.client();
        client.call("MSET", a, "1", b, "2");
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*x\r\n",
                "*\r\n",
                "*1x\r\n$4\r\nPING\r\n",
                "*1\n$4\nPING\n",
                "*1\r$4\r\nPING\r\n",
                "*99999999999999999999\r\n",
                "*3000000000\r\n",
                "*1\r\nPING\r\n",
                "*1\r\n:4\r\n",
                "*1\r\n*1\r\n$4\r\nPING\r\n",
                "*1\r\n$\r\n",
                "*1\r\n$x\r\n",
                "*1\r\n$4x\r\nPING\r\n",
                "*1\r\n$-1\r\n",
                "*2\r\n$3\r\nGET\r\n$-1\r\n",
                "*2\r\n$3\r\nGET\r\n$\r\n",
                "*1\r\n$99999999999999999999\r\n",
                "*2\r\n$3\r\nGET\r\n$99999999999\r\n",
                "*1\r\n$3\r\nPING\r\n",
                "*1\r\n$4\r\nPINGxx",
                "*1\r\n$4\r\nPING\rx",
                "*1\r\n$4\r\nPING\n\r",
                "*2\r\n$3\r\nGET\r\n$1\r\nkey\r\n",
                "SET k \"unbalanced\r\n",
                "SET k 'unbalanced\r\n",
                "SET k \"a\"b\r\n",
            })
    void deliversEarlierAnswersThenTheErrorThenCloses(String malformed) {
        byte[] before =
                Resp.pipeline(
                        List.of(
                                Resp.request("GET", a),
                                Resp.request("PING"),
                                Resp.request("MGET", b, a)));
        client.send(Resp.text(before) + malformed);
        assertThat(client.readToEnd())
                .startsWith("$1\r\n1\r\n+PONG\r\n*2\r\n$1\r\n2\r\n$1\r\n1\r\n-ERR Protocol error")
                .endsWith("\r\n");
    }

    @Test
    void answersNothingThatFollowsTheError() {
        client.send("*x\r\n" + Resp.text(Resp.request("SET", a, "smuggled")));
        assertThat(client.readToEnd()).startsWith("-ERR Protocol error").containsOnlyOnce("\r\n");
        assertThat(servers.server(0).ask("GET", a).value()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"})
    void carriesOutNothingThatABrowserSends(String head) {
        client.send(head + "SET " + a + " smuggled\r\n");
        assertThat(client.readToEnd())
                .contains("-ERR Protocol error: this is HTTP")
                .doesNotContain("+OK");
        assertThat(servers.server(0).ask("GET", a).value()).isEqualTo("1");
    }

    @Test
    void waitsForSlowAnswersBeforeTheError() {
        servers.server(0).freeze();
        try {
            client.send(Resp.text(Resp.request("GET", a)) + "*1\r\n$bad\r\n");
            try (RespClient other = servers.client()) {
                assertThat(other.call("GET", b).value()).isEqualTo("2");
            }
        } finally {
            servers.server(0).thaw();
        }
        assertThat(client.readToEnd()).startsWith("$1\r\n1\r\n-ERR Protocol error");
    }

    @Test
    void refusesAnInlineCommandWithoutEnd() {
        client.send("x".repeat(70_000));
        assertThat(client.readToEnd()).startsWith("-ERR Protocol error");
    }

    @Test
    void ignoresWhatRedisIgnores() {
        client.send(
                "*0\r\n\r\n*-1\r\n\n"
                        + Resp.text(Resp.request("GET", a))
                        + "\r\n*0\r\n"
                        + "PING\r\n");
        assertThat(client.read(2))
                .extracting(Response::text)
                .containsExactly("$1\r\n1\r\n", "+PONG\r\n");
    }

    @Test
    void understandsInlineCommands() {
        client.send(
                "GET "
                        + a
                        + "\r\nset "
                        + a
                        + " new\r\nGET  "
                        + a
                        + " \nMGET "
                        + b
                        + " "
                        + a
                        + "\r\n");
        assertThat(client.read(4))
                .extracting(Response::text)
                .containsExactly(
                        "$1\r\n1\r\n",
                        "+OK\r\n",
                        "$3\r\nnew\r\n",
                        "*2\r\n$1\r\n2\r\n$3\r\nnew\r\n");
    }

    @Test
    void understandsQuotesOfInlineCommands() {
        client.send(
                "SET "
                        + a
                        + " \"x y\\x41\\r\\n\\\"\"\r\nGET "
                        + a
                        + "\r\nSET "
                        + a
                        + " 'it\\'s \\n'\r\nGET "
                        + a
                        + "\r\n");
        assertThat(client.read(4))
                .extracting(Response::value)
                .containsExactly("OK", "x yA\r\n\"", "OK", "it's \\n");
    }

    @Test
    void answersUnknownCommandsByNameAndGoesOn() {
        client.send(Resp.request("GET", a))
                .send(Resp.request("NoSuch", "x"))
                .send(Resp.request("MGET", a, b));
        client.send("nosuchinline\r\n").send(Resp.request("GET", b));
        assertThat(client.read().text()).isEqualTo("$1\r\n1\r\n");
        assertThat(client.read().text()).startsWith("-ERR unknown command 'NoSuch'");
        assertThat(client.read().text()).isEqualTo("*2\r\n$1\r\n1\r\n$1\r\n2\r\n");
        assertThat(client.read().text()).startsWith("-ERR unknown command 'nosuchinline'");
        assertThat(client.read().text()).isEqualTo("$1\r\n2\r\n");
    }

    @Test
    void keepsUnknownNamesFromBreakingTheAnswer() {
        Response answer = client.call("bad\r\nname\0", "x");
        assertThat(answer.text()).startsWith("-ERR unknown command '").endsWith("\r\n");
        assertThat(client.call("GET", a).text()).isEqualTo("$1\r\n1\r\n");
        assertThat(client.call("n".repeat(5000)).text()).startsWith("-ERR unknown command 'nnn");
        assertThat(client.call("").text()).startsWith("-ERR unknown command ''");
        assertThat(client.call("GET", b).text()).isEqualTo("$1\r\n2\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "MGET",
                "SET",
                "INCR a b c",
                "ZUNION",
                "EVAL return",
                "XREAD STREAMS",
                "OBJECT"
            })
    void answersWrongNumbersOfArgumentsAndGoesOn(String command) {
        assertThat(client.call(command.split(" ", -1)).text()).startsWith("-ERR ");
        assertThat(client.call("GET", a).text()).isEqualTo("$1\r\n1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MULTI",
                "EXEC",
                "WATCH k",
                "SUBSCRIBE channel",
                "PSUBSCRIBE channel*",
                "BLPOP k 0",
                "BRPOP k l 0",
                "BLMOVE k l LEFT LEFT 0",
                "BZPOPMIN k 0",
                "KEYS *",
                "SCAN 0",
                "RANDOMKEY",
                "FLUSHALL",
                "FLUSHDB",
                "SHUTDOWN NOSAVE",
                "DEBUG SLEEP 0",
                "MONITOR",
                "SYNC",
                "REPLICAOF no one",
                "SAVE",
                "SWAPDB 0 1",
                "MOVE k 1",
                "MIGRATE 127.0.0.1 1 k 0 10",
                "WAIT 0 0",
            })
    void refusesUnsupportedCommandsByNameAndGoesOn(String command) {
        String name = command.split(" ", -1)[0];
        client.send(Resp.request("GET", a))
                .send(Resp.request(command.split(" ", -1)))
                .send(Resp.request("GET", b));
        assertThat(client.read().text()).isEqualTo("$1\r\n1\r\n");
        assertThat(client.read().text()).startsWith("-ERR ").containsIgnoringCase(name);
        assertThat(client.read().text()).isEqualTo("$1\r\n2\r\n");
        assertThat(servers.server(1).ask("GET", b).value()).isEqualTo("2");
    }
}
