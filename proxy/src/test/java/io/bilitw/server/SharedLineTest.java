package io.bilitw.server;

import static io.bilitw.testkit.Memcache.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.SamplePool;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.stats.ServerFigures;
import io.bilitw.stats.ServerMetric;
import io.bilitw.testkit.SampleDialogue;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSink;
import io.bilitw.testkit.SampleSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that go to a server in one line, and the response that is dealt out to them. */
class SharedLineTest {

    private static final String END = "END\r\n";
    private static final String INVALID = " failed: Invalid argument";

    private final MemcacheProtocol protocol =
            new MemcacheProtocol(new MemcacheSettings("alpha", false, "1.2.3"));
    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final SampleSink sink = new SampleSink(new RequestPool());
    private final SampleDialogue client = new SampleDialogue(protocol, 1);
    private final Server server = server();
    private SampleSocket socket = new SampleSocket();

    @BeforeEach
    void connect() {
        server.preconnect();
        socket = connector.accept(0);
        loop.endTurn();
    }

    @AfterEach
    void close() {
        server.close();
        loop.endTurn();
        connector.close();
        loop.close();
    }

    @Test
    void asksForTheKeysOfOneTurnInOneLine() {
        get("a", "b", "c");
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("get a b c\r\n");

        get("d");
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("get d\r\n");
    }

    @Test
    void asksForTheKeysInOneLineAlsoBeforeTheServerIsThere() {
        Server late = server();
        ServerConnection connection = late.connectionFor(client.dialogue());
        for (String key : List.of("a", "b")) {
            client.say("get " + key + "\r\n");
            connection.sendShareable(sink.request(key), client.dialogue().parser());
        }
        SampleSocket lateSocket = connector.accept(1);
        loop.endTurn();
        assertThat(lateSocket.written()).isEqualTo("get a b\r\n");

        late.close();
        assertThat(sink.answers()).containsExactly("a failed: unknown", "b failed: unknown");
    }

    @Test
    void leavesBlanksAndLineEndsAsTheClientsWroteThem() {
        share("a", "get  a \n");
        share("b", "  get   b\r\n");
        loop.endTurn();

        assertThat(socket.written()).isEqualTo("get  a b\r\n");
    }

    @Test
    void beginsAnewBehindAnyOtherRequest() {
        get("a", "b");
        ask("x", "set b 0 0 1\r\n1\r\n");
        get("b", "c");
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("get a b\r\nset b 0 0 1\r\n1\r\nget b c\r\n");

        socket.receive(value("b", "0") + END + "STORED\r\n" + value("b", "1") + END);
        assertThat(sink.answers())
                .containsExactly("a END", hit("b", "0"), "x STORED", hit("b", "1"), "c END");
    }

    @Test
    void beginsAnewWhenTheLineIsLong() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(i + "k".repeat(98));
        }
        get(keys.toArray(String[]::new));
        loop.endTurn();

        String written = socket.written();
        List<String> lines = written.lines().toList();
        assertThat(lines).hasSizeBetween(100 / 20, 100 / 10).allMatch(line -> line.length() < 2048);
        assertThat(written.replace("\r\nget ", " "))
                .isEqualTo("get " + String.join(" ", keys) + "\r\n");

        StringBuilder response = new StringBuilder();
        for (String line : lines) {
            for (String key : line.substring("get ".length()).split(" ", -1)) {
                response.append(value(key, "v"));
            }
            response.append(END);
        }
        socket.receive(response.toString());
        assertThat(sink.answers())
                .containsExactlyElementsOf(keys.stream().map(key -> hit(key, "v")).toList());
    }

    /** Each of the 32 ways in which five keys can be there or not. */
    @Test
    void givesEachTheValueOfItsKey() {
        List<String> keys = List.of("a", "bb", "ccc", "b", "aa");
        for (int there = 0; there < 1 << keys.size(); there++) {
            get(keys.toArray(String[]::new));
            loop.endTurn();
            StringBuilder response = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                boolean isThere = (there >> i & 1) == 1;
                response.append(isThere ? value(keys.get(i), "END\r\n" + i) : "");
                expected.add(isThere ? hit(keys.get(i), "END\r\n" + i) : keys.get(i) + " END");
            }
            socket.receive(response + END);
            assertThat(sink.answers()).as("%s", response).isEqualTo(expected);
        }
        assertThat(server.counters().value(ServerMetric.RESPONSES)).isEqualTo(5 * 32);
        assertThat(server.counters().value(ServerMetric.GET_HITS)).isEqualTo(5 * 16);
        assertThat(server.counters().value(ServerMetric.GET_MISSES)).isEqualTo(5 * 16);
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void givesTheSameWhereverTheResponseIsCut() {
        String response = value("a", "1") + value("a", "") + value("c", "33") + END;
        for (int cut = 1; cut < response.length(); cut++) {
            get("x", "a", "a", "b", "c", "y");
            ask("z", "incr z 1\r\n");
            loop.endTurn();
            socket.receive(response.substring(0, cut));
            socket.receive(response.substring(cut) + "7\r\n");
            assertThat(sink.answers())
                    .as("cut at %d", cut)
                    .containsExactly(
                            "x END",
                            hit("a", "1"),
                            hit("a", ""),
                            "b END",
                            hit("c", "33"),
                            "y END",
                            "z 7");
        }
    }

    /**
     * Values as long as, and longer than, what is read at once; several of them lie in a buffer.
     */
    @ParameterizedTest
    @ValueSource(ints = {4096, 20_000, 65_000, 65_536, 300_000})
    void givesLongValues(int bytes) {
        String[] values = {"1".repeat(bytes), "2".repeat(bytes), "3".repeat(bytes)};
        get("a", "b", "c", "d");
        loop.endTurn();
        socket.receive(value("a", values[0]) + value("b", values[1]) + value("d", values[2]) + END);

        assertThat(sink.answers())
                .containsExactly(
                        hit("a", values[0]), hit("b", values[1]), "c END", hit("d", values[2]));
    }

    @Test
    void givesAnErrorToAllThatAreLeft() {
        get("a", "b", "c");
        get("d");
        loop.endTurn();
        socket.receive(value("b", "1") + "SERVER_ERROR out of memory\r\n");

        assertThat(sink.answers())
                .containsExactly(
                        "a END",
                        hit("b", "1"),
                        "c SERVER_ERROR out of memory",
                        "d SERVER_ERROR out of memory");
        assertThat(server.counters().value(ServerMetric.GET_MISSES)).isEqualTo(1);
        assertThat(socket.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUE x 0 1\r\n1\r\nEND\r\n", // of a key that nobody asked for
                "VALUE c 0 1\r\n1\r\nVALUE b 0 1\r\n1\r\nEND\r\n",
                "VALUE c 0 1\r\n1\r\nSTORED\r\n",
                "STORED\r\n",
                "1\r\n",
                "HD\r\n",
                "VERSION 1\r\n",
                "VALUE c 0 2\r\n1\r\nEND\r\n.."
            })
    void endsTheConnectionWhenTheServerSaysSomethingElse(String response) {
        get("a", "b", "c");
        loop.endTurn();
        socket.receive(response);

        assertThat(sink.answers()).hasSize(3).last().isEqualTo("c" + INVALID);
        assertThat(socket.isOpen()).isFalse();
        assertThat(server.failuresInRow()).isEqualTo(1);
    }

    @Test
    void failsThoseThatAreLeft() {
        get("a", "b", "c");
        loop.endTurn();
        socket.receive(value("b", "1") + value("c", "2").substring(0, 5));
        socket.end();

        assertThat(sink.answers()).containsExactly("a END", hit("b", "1"), "c failed: unknown");
    }

    @Test
    void waitsForTheFenceBeforeIt() {
        Request quiet = sink.request("q");
        quiet.makeQuiet();
        client.say("mg q q\r\n");
        send(quiet);
        get("a", "b");
        loop.endTurn();
        assertThat(socket.written()).isEqualTo("mg q q\r\nversion\r\nget a b\r\n");

        socket.receive("HD\r\n");
        socket.receive("VERSION 1\r\n" + value("b", "1") + END);
        assertThat(sink.answers()).containsExactly("q HD", "a END", hit("b", "1"));
    }

    private static String hit(String key, String value) {
        return key + " " + value(key, value) + END.strip();
    }

    /** Asks for single keys; each answer is noted under its key. */
    private void get(String... keys) {
        for (String key : keys) {
            share(key, "get " + key + "\r\n");
        }
    }

    private void share(String name, String text) {
        client.say(text);
        assertThat(client.dialogue().isShareable()).isTrue();
        Request request = sink.request(name);
        request.looksUp(1);
        server.connectionFor(client.dialogue()).sendShareable(request, client.dialogue().parser());
    }

    private void ask(String name, String text) {
        client.say(text);
        assertThat(client.dialogue().isShareable()).isFalse();
        send(sink.request(name));
    }

    private void send(Request request) {
        var parsed = client.dialogue().parser();
        server.connectionFor(client.dialogue())
                .send(request, parsed.source(), parsed.start(), parsed.length());
    }

    private Server server() {
        return new Server(
                0,
                SamplePool.of(1, "redis: false").servers().getFirst(),
                new ServerSettings("alpha", 1, 0, Long.MAX_VALUE, false, 3, 0),
                protocol,
                loop.loop(),
                connector,
                new ServerFigures(),
                SampleListener.DEAF);
    }
}
