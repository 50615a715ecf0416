package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Messages that reach the proxy cut in two at every byte, and byte by byte, from clients and from
 * servers.
 */
class CutMessagesIT {

    private static final byte[] REQUESTS =
            Resp.pipeline(
                    List.of(
                            Resp.request("SET", "k", "a\r\nb"),
                            Resp.request("get", "k"),
                            Resp.bytes("PING\r\n"),
                            Resp.request("MSET", "k", "1", "l", "", "m", "3"),
                            Resp.request("MGET", "l", "k", "none", "m"),
                            Resp.request("DEL", "k", "l"),
                            Resp.request("NOSUCHCOMMAND", "x"),
                            Resp.request("EVAL", "return 7", "1", "k"),
                            Resp.request("ECHO", "hello"),
                            Resp.request("RPUSH", "list", "1", "2"),
                            Resp.request("LRANGE", "list", "0", "-1"),
                            Resp.request("DEL", "list", "m")));
    private static final int REQUEST_COUNT = 12;

    /** Every kind of RESP2 response, at several depths. */
    private static final List<String> ANSWERS =
            List.of(
                    "+OK\r\n",
                    "-WRONG thing\r\n",
                    "-BARE\r\n",
                    ":0\r\n",
                    ":-9223372036854775808\r\n",
                    "$-1\r\n",
                    "$0\r\n\r\n",
                    "$6\r\n\r\n$1\r\n\r\n",
                    "*-1\r\n",
                    "*0\r\n",
                    "*3\r\n*2\r\n:1\r\n*1\r\n$2\r\nab\r\n*-1\r\n*2\r\n*0\r\n-ERR in\r\n",
                    "*1\r\n*1\r\n*1\r\n*1\r\n$1\r\nx\r\n",
                    "+\r\n");

    @Test
    void understandsRequestsCutAtEveryByte() {
        try (ProxiedServers servers = ProxiedServers.start(3);
                RespClient client = servers.client()) {
            List<Response> expected = client.send(REQUESTS).read(REQUEST_COUNT);
            assertThat(expected.get(4).elements()).containsExactly("", "1", null, "3");
            for (int cut = 1; cut < REQUESTS.length; cut++) {
                Cuts.send(client, REQUESTS, cut);
                assertThat(client.read(REQUEST_COUNT)).as("cut at %d", cut).isEqualTo(expected);
            }
            Cuts.sendByteByByte(client, REQUESTS);
            assertThat(client.read(REQUEST_COUNT)).as("byte by byte").isEqualTo(expected);
        }
    }

    @Test
    void understandsResponsesCutAtEveryByte() {
        String answers = String.join("", ANSWERS);
        try (FakeServer server =
                        FakeServer.playing(
                                connection -> Cuts.answer(connection, ANSWERS.size(), answers));
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(server.address()));
                RespClient client = proxy.client()) {
            for (int cut = 1; cut < answers.length(); cut++) {
                for (int i = 0; i < ANSWERS.size(); i++) {
                    client.send(Resp.request("GET", Integer.toString(cut)));
                }
                assertThat(client.read(ANSWERS.size()))
                        .as("cut at %d", cut)
                        .extracting(Response::text)
                        .isEqualTo(ANSWERS);
            }
        }
    }

    @Test
    void joinsResponsesCutAtEveryByte() {
        String answer = "*3\r\n$5\r\na\r\nbc\r\n$-1\r\n$0\r\n\r\n";
        try (FakeServer server =
                        FakeServer.playing(connection -> Cuts.answer(connection, 1, answer));
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(server.address()));
                RespClient client = proxy.client()) {
            for (int cut = 1; cut < answer.length(); cut++) {
                Response joined = client.call("MGET", Integer.toString(cut), "b", "c");
                assertThat(joined.text()).as("cut at %d", cut).isEqualTo(answer);
            }
        }
    }

    @Test
    void understandsResponsesThatArriveByteByByte() {
        String answers = String.join("", ANSWERS);
        FakeServer.Script script =
                connection -> {
                    for (int i = 0; i < ANSWERS.size(); i++) {
                        connection.readRequest();
                    }
                    connection.writeByteByByte(answers);
                    connection.readRequest();
                };
        try (FakeServer server = FakeServer.playing(script);
                ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(server.address()));
                RespClient client = proxy.client()) {
            for (int i = 0; i < ANSWERS.size(); i++) {
                client.send(Resp.request("GET", "k" + i));
            }
            assertThat(client.read(ANSWERS.size())).extracting(Response::text).isEqualTo(ANSWERS);
        }
    }
}
