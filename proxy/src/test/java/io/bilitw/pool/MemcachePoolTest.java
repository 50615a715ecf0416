package io.bilitw.pool;

import static io.bilitw.testkit.Memcache.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.PoolConfig;
import io.bilitw.config.SamplePool;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.ResponseMode;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.server.SampleConnector;
import io.bilitw.stats.PoolFigures;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.SlowLog;
import io.bilitw.testkit.SampleDialogue;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSink;
import io.bilitw.testkit.SampleSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for all servers or for any, reads that are cut, and reads whose servers have failed. */
class MemcachePoolTest {

    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final RequestPool requests = new RequestPool();
    private final SampleSink sink = new SampleSink(requests);
    private final MemcacheProtocol protocol =
            new MemcacheProtocol(new MemcacheSettings("alpha", true, "1.2.3"));
    private final SampleDialogue dialogue = new SampleDialogue(protocol, 1);
    private final List<SampleSocket> sockets = new ArrayList<>();

    private Pool pool = pool(SamplePool.ofThree("redis: false"));
    private final SampleKeys keys = new SampleKeys(pool.config());

    @AfterEach
    void close() {
        pool.close();
        loop.endTurn();
        connector.close();
        loop.close();
    }

    @Test
    void sendsWhatIsForAllToTheOnlyServerAsItIs() {
        pool = pool(SamplePool.of(1, "redis: false"));
        connect();
        ask("x", "flush_all 5\r\n");
        loop.endTurn();

        assertThat(sockets.getFirst().written()).isEqualTo("flush_all 5\r\n");
        sockets.getFirst().receive("CLIENT_ERROR any\r\n");
        assertThat(sink.answers()).containsExactly("x CLIENT_ERROR any");
        assertThat(pool.counters().value(PoolMetric.FRAGMENTS)).isZero();
    }

    @Test
    void answersWhatIsForAllWhenTheLastHasAnswered() {
        connect();
        ask("x", "verbosity 1\r\n");
        loop.endTurn();
        sockets.get(2).receive("OK\r\n");
        sockets.get(0).receive("OK\r\n");
        assertThat(sink.answers()).isEmpty();
        sockets.get(1).receive("OK\r\n");

        assertThat(sink.answers()).containsExactly("x OK");
        assertThat(pool.counters().value(PoolMetric.FRAGMENTS)).isEqualTo(3);
    }

    @Test
    void sendsWhatIsForAllToEjectedServersToo() {
        pool = pool(ejecting());
        pool.servers().get(1).preconnect();
        connector.refuse(0, new IOException());
        assertThat(pool.counters().value(PoolMetric.SERVER_EJECTS)).isEqualTo(1);

        ask("x", "flush_all\r\n");
        for (int attempt = 1; attempt < connector.addresses().size(); attempt++) {
            sockets.add(connector.accept(attempt));
        }
        loop.endTurn();

        assertThat(connector.addresses().subList(1, 4))
                .containsExactly("127.0.0.1:6379", "127.0.0.1:6380", "127.0.0.1:6381");
        assertThat(sockets).allMatch(socket -> socket.written().equals("flush_all\r\n"));
        sockets.forEach(socket -> socket.receive("OK\r\n"));
        assertThat(sink.answers()).containsExactly("x OK");
    }

    @Test
    void asksAnyServerThatHasNotFailedLastTime() {
        connect();
        ask("a", "version\r\n");
        loop.endTurn();
        int first = theOneThatGot("version\r\n");
        sockets.get(first).end();
        ask("b", "version\r\n");
        loop.endTurn();
        int second = theOneThatGot("version\r\n");
        sockets.get(second).receive("VERSION 1\r\n");

        assertThat(second).isEqualTo((first + 1) % 3);
        assertThat(sink.answers()).containsExactly("a failed: unknown", "b VERSION 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void asksNoEjectedServerInPlaceOfOneThatHasFailed(int ejected) {
        pool = pool(ejecting("server_failure_limit: 2"));
        for (int i = 0; i < 2; i++) {
            pool.servers().get(ejected).preconnect();
            connector.refuse(i, new IOException());
        }
        ask("a", "version\r\n");
        connector.refuse(2, new IOException());
        ask("b", "version\r\n");

        assertThat(connector.addresses().subList(1, 4)).doesNotHaveDuplicates();
    }

    @Test
    void failsWhatIsForAnyServerWhenNoneIsLeft() {
        pool = poolWithoutServers();
        ask("x", "version\r\n");

        assertThat(sink.answers()).containsExactly("x failed: Connection refused");
    }

    @Test
    void sendsPlainReadToOneServerInOneLine() {
        connect();
        String line = "get" + keysOn(1, 500);
        ask("x", line + "\r\n");
        loop.endTurn();

        assertThat(sockets.get(1).written()).isEqualTo(line + " \r\n");
        sockets.get(1).receive("END\r\n");
        assertThat(sink.answers()).containsExactly("x END");
        assertThat(pool.counters().value(PoolMetric.FRAGMENTS)).isZero();
    }

    @Test
    void cutsReadThatTouchesAndJoinsItsValues() {
        connect();
        String line = "gat 7" + keysOn(1, 300);
        String last = keys.on(1);
        ask("x", line + " " + last + "\r\n");
        loop.endTurn();

        List<String> lines = sockets.get(1).written().lines().toList();
        assertThat(pool.counters().value(PoolMetric.FRAGMENTS)).isEqualTo(lines.size());
        assertThat(lines).hasSizeGreaterThan(1).allMatch(each -> each.matches("gat 7( key\\d+)+ "));
        sockets.get(1).receive("END\r\n".repeat(lines.size() - 1));
        sockets.get(1).receive(value(last, "v") + "END\r\n");
        assertThat(sink.answers()).containsExactly("x " + value(last, "v") + "END");
    }

    @Test
    void leavesManyBlanksOutOfReadThatTouches() {
        connect();
        String a = keys.on(1);
        String b = keys.on(1);
        ask("x", "gat 7 " + a + " ".repeat(1500) + b + "\r\n");
        loop.endTurn();

        assertThat(sockets.get(1).written()).isEqualTo("gat 7 " + a + " " + b + " \r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "get A,END",
        "gets A B,END",
        "gat 0 A,END",
        "gats 0 A B A,END",
        "mg A v,EN",
        "mg A v O5 k,EN O5 kA",
        "mg A v q,silence",
    })
    void missesEveryReadWhenNoServerIsLeftIfThePoolWantsThat(String line, String answer) {
        pool = poolWithoutServers("on_failure: miss");
        String a = keys.on(0);
        ask("x", line.replace("A", a).replace("B", keys.on(1)) + "\r\n");

        assertThat(sink.answers()).containsExactly("x " + answer.replace("A", a));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set A 0 0 0",
                "touch A 0",
                "delete A",
                "incr A 1",
                "ms A 0 q",
                "md A",
                "ma A",
                "me A",
                "version"
            })
    void failsAllElseWhenNoServerIsLeft(String line) {
        pool = poolWithoutServers("on_failure: miss");
        ask("x", line.replace("A", keys.on(0)) + "\r\n\r\n");

        assertThat(sink.answers()).containsExactly("x failed: Connection refused");
    }

    @Test
    void missesReadWhoseServersAllFail() {
        pool = pool(SamplePool.ofThree("redis: false", "on_failure: miss"));
        connect();
        ask("x", "get " + keys.on(0) + " " + keys.on(1) + " " + keys.on(2) + "\r\n");
        sockets.get(1).receive("SERVER"); // and no more
        sockets.forEach(SampleSocket::end);

        assertThat(sink.answers()).containsExactly("x END");
    }

    @Test
    void missesNothingUnlessThePoolWantsThat() {
        connect();
        ask("a", "get " + keys.on(0) + "\r\n");
        ask("b", "get " + keys.on(0) + " " + keys.on(1) + "\r\n");
        sockets.get(1).receive("END\r\n");
        sockets.get(0).end();

        assertThat(sink.answers()).containsExactly("a failed: unknown", "b failed: unknown");
    }

    @Test
    void repeatsNoErrorOfAServerAsAMiss() {
        pool = pool(SamplePool.ofThree("redis: false", "on_failure: miss"));
        connect();
        ask("x", "get " + keys.on(0) + " " + keys.on(1) + "\r\n");
        sockets.get(0).receive("SERVER_ERROR out of memory\r\n");
        sockets.get(1).end();

        assertThat(sink.answers()).containsExactly("x SERVER_ERROR Invalid argument");
    }

    private int theOneThatGot(String request) {
        List<Integer> found = new ArrayList<>();
        for (int server = 0; server < sockets.size(); server++) {
            if (sockets.get(server).written().equals(request)) {
                found.add(server);
            }
        }
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** As many keys of {@code server}, each with a blank before it. */
    private String keysOn(int server, int count) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < count; i++) {
            line.append(' ').append(keys.on(server));
        }
        return line.toString();
    }

    private void ask(String name, String wire) {
        Handling handling = dialogue.say(wire);
        Request request = sink.request(name);
        if (dialogue.dialogue().responseMode() == ResponseMode.QUIET) {
            request.makeQuiet();
        }
        switch (handling) {
            case FORWARD -> pool.forward(request, dialogue.dialogue());
            case FORWARD_TO_ANY -> pool.forwardToAny(request, dialogue.dialogue());
            case SPLIT -> pool.split(request, dialogue.dialogue());
            case BROADCAST -> pool.broadcast(request, dialogue.dialogue());
            case ANSWER, IGNORE -> throw new AssertionError(wire + " is not for servers");
        }
    }

    /** Connects all servers of the pool. */
    private void connect() {
        pool.preconnect();
        for (int i = 0; i < connector.addresses().size(); i++) {
            sockets.add(connector.accept(i));
        }
        loop.endTurn();
    }

    /** A pool of three whose servers are all ejected. */
    private Pool poolWithoutServers(String... settings) {
        Pool without = pool(ejecting(settings));
        for (int server = 0; server < 3; server++) {
            without.servers().get(server).preconnect();
            connector.refuse(server, new IOException());
        }
        return without;
    }

    /** A pool of three that ejects a server when it fails once, or as {@code settings} say. */
    private static PoolConfig ejecting(String... settings) {
        List<String> all = new ArrayList<>();
        all.addAll(List.of("redis: false", "auto_eject_hosts: true", "server_failure_limit: 1"));
        all.addAll(List.of(settings));
        return SamplePool.ofThree(all.toArray(String[]::new));
    }

    private Pool pool(PoolConfig config) {
        return new Pool(
                config,
                protocol,
                loop.loop(),
                requests,
                connector,
                new PoolFigures(config.servers().size()),
                SlowLog.inProcess());
    }
}
