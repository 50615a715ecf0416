package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Many requests at once over three servers: their order, several clients, large values, and how
 * connections end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineIT {

    private static final int DEPTH = 10_000;
    private static final int LARGE_BYTES = 5 * 1024 * 1024;

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final KeysOn keysOn = servers.keysOn();
    private final String a = keysOn.of(servers.server(0));
    private final String b = keysOn.of(servers.server(1));
    private final String c = keysOn.of(servers.server(2));
    private RespClient client = servers.client();

    @BeforeEach
    void connect() {
        servers.flush();
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
    void answersTenThousandRequestsInTheirOrder() {
        var requests = new ArrayList<byte[]>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < DEPTH; i += 2) {
            requests.add(Resp.request("SET", "deep:" + i, "value " + i));
            expected.add("+OK\r\n");
            requests.add(Resp.request("GET", "deep:" + i));
            expected.add(Resp.bulk("value " + i));
        }
        client.send(Resp.pipeline(requests));
        assertThat(client.read(DEPTH)).extracting(Response::text).isEqualTo(expected);
    }

    @Test
    void keepsTheOrderWhileOneServerIsSlow() {
        client.call("MSET", a, "1", b, "2", c, "3");
        servers.server(0).freeze();
        try {
            client.send(Resp.request("GET", a))
                    .send(Resp.request("PING"))
                    .send(Resp.request("GET", b));
            client.send(Resp.request("MGET", c, a)).send(Resp.request("GET", c));
            try (RespClient other = servers.client()) {
                assertThat(other.call("GET", b).value()).isEqualTo("2");
            }
        } finally {
            servers.server(0).thaw();
        }
        assertThat(client.read(5))
                .extracting(Response::text)
                .containsExactly(
                        "$1\r\n1\r\n",
                        "+PONG\r\n",
                        "$1\r\n2\r\n",
                        "*2\r\n$1\r\n3\r\n$1\r\n1\r\n",
                        "$1\r\n3\r\n");
    }

    @Test
    void keepsClientsApartWhoseRequestsArriveInPieces() {
        byte[] mine = pipelineOf("mine");
        byte[] yours = pipelineOf("yours");
        try (RespClient other = servers.client()) {
            int piece = 37; // not a divisor of a request's length, so the pieces end anywhere in a
            // request
            for (int at = 0; at < Math.max(mine.length, yours.length); at += piece) {
                client.send(slice(mine, at, piece));
                other.send(slice(yours, at, piece));
            }
            assertThat(client.read(2000)).extracting(Response::text).isEqualTo(answersOf("mine"));
            assertThat(other.read(2000)).extracting(Response::text).isEqualTo(answersOf("yours"));
        }
    }

    private static byte[] pipelineOf(String owner) {
        var pipeline = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            pipeline.writeBytes(Resp.request("SET", owner + i, owner + " value " + i));
            pipeline.writeBytes(Resp.request("GET", owner + i));
        }
        return pipeline.toByteArray();
    }

    private static List<String> answersOf(String owner) {
        var answers = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            answers.add("+OK\r\n");
            answers.add(Resp.bulk(owner + " value " + i));
        }
        return answers;
    }

    private static byte[] slice(byte[] bytes, int from, int length) {
        int end = Math.min(bytes.length, from + length);
        return from < end ? Arrays.copyOfRange(bytes, from, end) : new byte[0];
    }

    @Test
    void carriesLargeValuesBothWays() {
        String large = large('x');
        client.send(Resp.request("SET", a, large)).send(Resp.request("SET", b, "small"));
        client.send(Resp.request("GET", a))
                .send(Resp.request("GET", b))
                .send(Resp.request("STRLEN", a));
        assertThat(client.read().text()).isEqualTo("+OK\r\n");
        assertThat(client.read().text()).isEqualTo("+OK\r\n");
        assertThat(client.read().text().equals(Resp.bulk(large))).as("the large value").isTrue();
        assertThat(client.read().value()).isEqualTo("small");
        assertThat(client.read().integer()).isEqualTo(LARGE_BYTES);
    }

    @Test
    void splitsAndJoinsLargeValues() {
        List<String> values = List.of(large('1'), large('2'), large('3'));
        Response set = client.call("MSET", a, values.get(0), b, values.get(1), c, values.get(2));
        assertThat(set.text()).isEqualTo("+OK\r\n");
        Response got = client.call("MGET", c, a, b);
        assertThat(got.elements().equals(List.of(values.get(2), values.get(0), values.get(1))))
                .as("the large values in order")
                .isTrue();
    }

    @Test
    void servesOthersWhileALargeValueIsHalfSent() {
        byte[] request = Resp.request("SET", a, large('y'));
        client.send(Arrays.copyOf(request, request.length / 2));
        try (RespClient other = servers.client()) {
            assertThat(other.call("SET", a, "other").text()).isEqualTo("+OK\r\n");
            assertThat(other.call("GET", a).value()).isEqualTo("other");
            client.send(Arrays.copyOfRange(request, request.length / 2, request.length));
            assertThat(client.read().text()).isEqualTo("+OK\r\n");
            assertThat(other.call("STRLEN", a).integer()).isEqualTo(LARGE_BYTES);
        }
    }

    private static String large(char filler) {
        return Character.toString(filler).repeat(LARGE_BYTES);
    }

    @Test
    void deliversAnswersAfterTheClientHasClosedItsHalf() {
        client.call("MSET", a, "1", b, "2", c, "3");
        for (int i = 0; i < 500; i++) {
            client.send(Resp.request("MGET", a, b, c));
        }
        client.halfClose();
        assertThat(client.read(500))
                .allMatch(
                        answer -> answer.text().equals("*3\r\n$1\r\n1\r\n$1\r\n2\r\n$1\r\n3\r\n"));
        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void dropsARequestThatIsNotWholeWhenTheClientClosesItsHalf() {
        client.send(Resp.request("SET", a, "whole"))
                .send("*3\r\n$3\r\nSET\r\n$" + a.length() + "\r\n" + a + "\r\n$4\r\nhal");
        client.halfClose();
        assertThat(client.readToEnd()).isEqualTo("+OK\r\n");
        assertThat(servers.server(0).ask("GET", a).value()).isEqualTo("whole");
    }

    @Test
    void closesAnIdleConnectionWhoseClientHasClosedItsHalf() {
        assertThat(client.halfClose().readToEnd()).isEmpty();
    }

    @Test
    void isNotDisturbedByClientsThatVanish() {
        client.call("MSET", a, "1", b, "2");
        servers.server(0).freeze();
        try {
            RespClient vanishing = servers.client();
            for (int i = 0; i < 100; i++) {
                vanishing.send(Resp.request("INCR", "{" + a + "}:count"));
                vanishing.send(Resp.request("MGET", a, b, c));
            }
            assertThat(client.call("GET", b).value())
                    .isEqualTo("2"); // by now the proxy has read the other's requests
            client.send(Resp.request("GET", a));
            vanishing.reset();
        } finally {
            servers.server(0).thaw();
        }
        assertThat(client.read().value()).isEqualTo("1");
        assertThat(client.call("GET", "{" + a + "}:count").value())
                .as("what was sent is done")
                .isEqualTo("100");
    }

    @Test
    void isNotDisturbedByClientsThatVanishInTheMiddleOfARequest() {
        for (int i = 0; i < 50; i++) {
            RespClient vanishing = servers.client();
            vanishing.send(Resp.request("SET", b, "v")).send("*3\r\n$3\r\nSET\r\n$1000000\r\nabc");
            if (i % 2 == 0) {
                vanishing.reset();
            } else {
                vanishing.close();
            }
            assertThat(client.call("SET", a, "mine").text()).isEqualTo("+OK\r\n");
        }
        assertThat(client.call("GET", a).value()).isEqualTo("mine");
    }

    @Test
    void saysGoodbyeAfterAllEarlierAnswersAndReadsNothingMore() {
        client.call("SET", a, "1");
        client.send(
                Resp.pipeline(
                        List.of(
                                Resp.request("GET", a),
                                Resp.request("MGET", a, b),
                                Resp.request("QUIT"),
                                Resp.request("SET", a, "after"))));
        assertThat(client.readToEnd()).isEqualTo("$1\r\n1\r\n*2\r\n$1\r\n1\r\n$-1\r\n+OK\r\n");
        assertThat(servers.server(0).ask("GET", a).value()).isEqualTo("1");
    }
}
