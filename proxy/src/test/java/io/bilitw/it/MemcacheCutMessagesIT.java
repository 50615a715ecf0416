package io.bilitw.it;

import static io.bilitw.testkit.Memcache.set;
import static io.bilitw.testkit.Memcache.value;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxiedMemcached;
import io.bilitw.testkit.ProxyProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Messages of memcached that reach the proxy cut in two at every byte, and byte by byte, from
 * clients and from servers.
 */
class MemcacheCutMessagesIT {

    private static final byte[] REQUESTS =
            (set("k", "a\r\nb")
                            + "set l 0 0 0 noreply\r\n\r\n"
                            + "get k\r\n"
                            + "get none l k  m\r\n"
                            + "gat 0 k l\r\n"
                            + "ms k 1 q\r\nx\r\n"
                            + "mg aw== b v k O7\r\n"
                            + "mg none v q\r\n"
                            + "ms n 1\r\n7\r\n"
                            + "incr n 1\n"
                            + "set k x 0 4\r\nmn\r\n\r\n"
                            + "nonsense\r\n"
                            + "delete k\r\n"
                            + "delete l noreply\r\n"
                            + "md n q\r\n"
                            + "version\r\n"
                            + "mn\r\n")
                    .getBytes(ISO_8859_1);

    private static final List<String> RESPONSES =
            List.of(
                    "STORED\r\n",
                    value("k", "a\r\nb") + "END\r\n",
                    value("l", "") + value("k", "a\r\nb") + "END\r\n",
                    value("k", "a\r\nb") + value("l", "") + "END\r\n",
                    "VA 1 kk O7\r\nx\r\n",
                    "HD\r\n",
                    "8\r\n",
                    "CLIENT_ERROR bad command line format\r\n",
                    "ERROR\r\n",
                    "DELETED\r\n",
                    "VERSION 1.6.18\r\n",
                    "MN\r\n");

    /** Every kind of response. */
    private static final List<String> ANSWERS =
            List.of(
                    "END\r\n",
                    value("a", "x") + value("b", "\r\nEND\r\n") + "END\r\n",
                    "VA 5 f0 kab\r\nHD\r\n.\r\n",
                    "HD O1\r\n",
                    "NOT_STORED\r\n",
                    "18446744073709551615\r\n",
                    "7  \r\n",
                    "SERVER_ERROR out of memory storing object\r\n",
                    "ERROR\r\n");

    @Test
    void understandsRequestsCutAtEveryByte() {
        try (ProxiedMemcached servers = ProxiedMemcached.start(3);
                MemcacheClient client = servers.client()) {
            for (int cut = 1; cut < REQUESTS.length; cut++) {
                Cuts.send(client, REQUESTS, cut);
                assertThat(client.read(RESPONSES.size())).as("cut at %d", cut).isEqualTo(RESPONSES);
            }
            Cuts.sendByteByByte(client, REQUESTS);
            assertThat(client.read(RESPONSES.size())).as("byte by byte").isEqualTo(RESPONSES);
        }
    }

    @Test
    void understandsResponsesCutAtEveryByte() {
        String answers = String.join("", ANSWERS);
        try (FakeServer server =
                        FakeServer.playing(
                                connection -> Cuts.answer(connection, ANSWERS.size(), answers));
                ProxyProcess proxy =
                        ProxyProcess.start(PoolFile.memcache().server(server.address()));
                MemcacheClient client = proxy.memcacheClient()) {
            for (int cut = 1; cut < answers.length(); cut++) {
                client.send(("incr " + cut + " 1\r\n").repeat(ANSWERS.size()));
                assertThat(client.read(ANSWERS.size())).as("cut at %d", cut).isEqualTo(ANSWERS);
            }
        }
    }

    @Test
    void joinsResponsesThatArriveByteByByte() {
        FakeServer.Script slow =
                connection -> {
                    while (true) {
                        List<String> request = connection.readRequest();
                        StringBuilder values = new StringBuilder();
                        request.stream()
                                .skip(1)
                                .filter(word -> !word.isEmpty()) // a fragment ends with a blank
                                .forEach(key -> values.append(value(key, "of " + key)));
                        connection.writeByteByByte(values + "END\r\n");
                    }
                };
        try (FakeServer one = FakeServer.playing(slow);
                FakeServer two = FakeServer.playing(slow);
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.memcache().server(one.address()).server(two.address()));
                MemcacheClient client = proxy.memcacheClient()) {
            StringBuilder line = new StringBuilder("get");
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                line.append(' ').append(i).append("-key");
                expected.append(value(i + "-key", "of " + i + "-key"));
            }
            assertThat(client.call(line + "\r\n")).isEqualTo(expected + "END\r\n");
            assertThat(one.requests()).isNotEmpty();
            assertThat(two.requests()).isNotEmpty();
        }
    }
}
