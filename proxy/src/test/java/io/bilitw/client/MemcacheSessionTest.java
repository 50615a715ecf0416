package io.bilitw.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.PoolConfig;
import io.bilitw.config.SamplePool;
import io.bilitw.pool.Pool;
import io.bilitw.pool.SampleKeys;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.bilitw.server.SampleConnector;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.ServerMetric;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays memcached clients and the three servers of their pool. */
class MemcacheSessionTest {

    private static final String FENCE = "version\r\n";
    private static final String FENCE_ANSWER = "VERSION 1.6.18\r\n";

    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final RequestPool requests = new RequestPool();
    private final List<SampleSocket> clients = new ArrayList<>();
    private final List<SampleSocket> servers = new ArrayList<>();

    private Pool pool = pool(SamplePool.ofThree("redis: false"));
    private ClientAcceptor acceptor = new ClientAcceptor(pool, loop.loop(), requests);
    private final SampleKeys keys = new SampleKeys(pool.config());

    @AfterEach
    void close() {
        acceptor.close();
        pool.close();
        loop.endTurn();
        clients.forEach(SampleSocket::close);
        connector.close();
        loop.close();
    }

    @Test
    void splitsAndJoinsReads() {
        SampleSocket client = client();
        connectServers();
        String a = keys.on(0);
        String b = keys.on(1);
        String c = keys.on(0);
        client.receive("gets " + a + "  " + b + " " + c + "\r\n");
        loop.endTurn();

        assertThat(server(0).written()).isEqualTo("gets " + a + " " + c + " \r\n");
        assertThat(server(1).written()).isEqualTo("gets " + b + " \r\n");
        assertThat(server(2).written()).isEmpty();
        server(1).receive("VALUE " + b + " 0 1 7\r\nb\r\nEND\r\n");
        server(0).receive("VALUE " + c + " 0 1 7\r\nc\r\nEND\r\n");
        loop.endTurn();
        assertThat(client.written())
                .isEqualTo("VALUE " + b + " 0 1 7\r\nb\r\nVALUE " + c + " 0 1 7\r\nc\r\nEND\r\n");
    }

    @Test
    void cutsReadThatTouchesIntoLinesThatServersTake() {
        SampleSocket client = client();
        connectServers();
        StringBuilder line = new StringBuilder("gat 0");
        for (int i = 0; i < 300; i++) {
            line.append(' ').append(keys.on(0));
        }
        client.receive(line + "\r\n");
        loop.endTurn();

        List<String> lines = server(0).written().lines().toList();
        assertThat(lines).hasSizeGreaterThan(1).allMatch(each -> each.length() < 2048);
        assertThat(String.join("", lines).replace(" gat 0", "").strip()).isEqualTo(line.toString());
        server(0).receive("END\r\n".repeat(lines.size()));
        loop.endTurn();
        assertThat(client.written()).isEqualTo("END\r\n");
    }

    @Test
    void waitsForNoAnswerThatIsNotWanted() {
        SampleSocket client = client();
        connectServers();
        String a = keys.on(0);
        client.receive("set " + a + " 0 0 1 noreply\r\nx\r\nget " + keys.on(1) + "\r\n");
        loop.endTurn();

        assertThat(server(0).written()).isEqualTo("set " + a + " 0 0 1        \r\nx\r\n");
        server(1).receive("END\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("END\r\n");
        server(0).receive("SERVER_ERROR out of memory storing object\r\n");
        loop.endTurn();
        assertThat(client.written()).isEmpty();
        assertThat(pool.servers().getFirst().counters().value(ServerMetric.RESPONSES)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete A noreply noreply", "flush_all noreply noreply"})
    void sendsNothingThatAServerWouldKeepSilentAbout(String line) {
        SampleSocket client = client();
        connectServers();
        client.receive(line.replace("A", keys.on(0)) + "\r\nmn\r\n");
        loop.endTurn();

        assertThat(servers).allMatch(server -> server.written().isEmpty());
        assertThat(client.written()).isEqualTo("MN\r\n");
    }

    @Test
    void countsFailureOfWhatNobodyWaitsFor() {
        SampleSocket client = client();
        connectServers();
        client.receive("delete " + keys.on(0) + " noreply\r\nmn\r\n");
        loop.endTurn();
        server(0).end();
        loop.endTurn();

        assertThat(client.written()).isEqualTo("MN\r\n");
        assertThat(pool.counters().value(PoolMetric.FORWARD_ERROR)).isOne();
    }

    @Test
    void sendsAFenceBehindQuietRequestsAndTellsTheUnusualOnly() {
        SampleSocket client = client();
        connectServers();
        String a = keys.on(0);
        client.receive("mg " + a + " v q\r\nms " + a + " 1 q\r\nx\r\nmd " + a + " q\r\nmn\r\n");
        loop.endTurn();

        assertThat(server(0).written())
                .isEqualTo(
                        "mg "
                                + a
                                + " v q\r\n"
                                + FENCE
                                + "ms "
                                + a
                                + " 1 q\r\nx\r\n"
                                + FENCE
                                + "md "
                                + a
                                + " q\r\n"
                                + FENCE);
        server(0).receive(FENCE_ANSWER + "NS\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("NS\r\n");
        server(0).receive(FENCE_ANSWER + "HD\r\n");
        server(0).receive(FENCE_ANSWER);
        loop.endTurn();
        assertThat(client.written()).isEqualTo("HD\r\nMN\r\n");
    }

    @Test
    void keepsQuietRequestsInLine() {
        SampleSocket client = client();
        connectServers();
        client.receive(
                "mg "
                        + keys.on(0)
                        + " q\r\nmg "
                        + keys.on(1)
                        + "\r\nmg "
                        + keys.on(2)
                        + " q\r\nmn\r\n");
        loop.endTurn();
        server(2).receive(FENCE_ANSWER);
        server(1).receive("HD\r\n");
        loop.endTurn();
        assertThat(client.written()).isEmpty();

        server(0).receive("HD O1\r\n" + FENCE_ANSWER);
        loop.endTurn();
        assertThat(client.written()).isEqualTo("HD O1\r\nHD\r\nMN\r\n");
    }

    @Test
    void givesEachClientItsOwnBetweenFences() {
        SampleSocket one = client();
        SampleSocket two = client();
        connectServers();
        String a = keys.on(0);
        one.receive("mg " + a + " q O1\r\n");
        two.receive("mg " + a + " q O2\r\n");
        one.receive("version\r\n");
        two.receive("mn\r\n");
        loop.endTurn();
        server(0).receive(FENCE_ANSWER + "HD O2\r\n" + FENCE_ANSWER);
        loop.endTurn();

        assertThat(two.written()).isEqualTo("HD O2\r\nMN\r\n");
        assertThat(one.written()).isEmpty();
        for (SampleSocket server : servers) {
            if (server.written().endsWith(FENCE)) {
                server.receive(FENCE_ANSWER);
            }
        }
        loop.endTurn();
        assertThat(one.written()).isEqualTo(FENCE_ANSWER);
    }

    @Test
    void endsServerConnectionWithoutTheFenceThatIsDue() {
        SampleSocket client = client();
        connectServers();
        client.receive("mg " + keys.on(0) + " q\r\nget " + keys.on(0) + "\r\n");
        loop.endTurn();
        server(0).receive("HD\r\nEND\r\n");
        loop.endTurn();

        assertThat(client.written()).isEqualTo("HD\r\nSERVER_ERROR Invalid argument\r\n");
        assertThat(server(0).isOpen()).isFalse();
    }

    @Test
    void sendsWhatConcernsAllServersToAll() {
        SampleSocket client = client();
        connectServers();
        client.receive("flush_all 7\r\nverbosity 1 noreply\r\nmn\r\n");
        loop.endTurn();
        for (int server = 0; server < 3; server++) {
            assertThat(server(server).written())
                    .isEqualTo("flush_all 7\r\nverbosity 1        \r\n");
        }
        server(0).receive("OK\r\nOK\r\n");
        server(2).receive("OK\r\nOK\r\n");
        loop.endTurn();
        assertThat(client.written()).isEmpty();
        server(1).receive("OK\r\nERROR\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("OK\r\nMN\r\n");
    }

    @Test
    void failsToFlushWhenOneServerCannot() {
        SampleSocket client = client();
        connectServers();
        client.receive("flush_all\r\n");
        server(1).end();
        server(0).receive("OK\r\n");
        server(2).receive("OK\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("SERVER_ERROR unknown\r\n");
    }

    @Test
    void asksTheNextServerForItsVersionWhenOneHasFailed() {
        SampleSocket client = client();
        connectServers();
        client.receive("version\r\n");
        loop.endTurn();
        SampleSocket first =
                servers.stream()
                        .filter(each -> each.written().equals(FENCE))
                        .findFirst()
                        .orElseThrow();
        first.end();
        loop.endTurn();
        assertThat(client.written()).isEqualTo("SERVER_ERROR unknown\r\n");

        client.receive("version\r\n");
        loop.endTurn();
        SampleSocket second =
                servers.stream()
                        .filter(each -> each.written().equals(FENCE))
                        .findFirst()
                        .orElseThrow();
        assertThat(second).isNotSameAs(first);
        second.receive(FENCE_ANSWER);
        loop.endTurn();
        assertThat(client.written()).isEqualTo(FENCE_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get A", "gets A", "gat 0 A"})
    void missesKeysOfFailedServerIfThePoolWantsThat(String read) {
        usePool(SamplePool.ofThree("redis: false", "on_failure: miss"));
        SampleSocket client = client();
        connectServers();
        String a = keys.on(0);
        String b = keys.on(1);
        client.receive(read.replace("A", a) + "\r\n");
        client.receive(read.replace("A", a + " " + b + " " + a) + "\r\n");
        client.receive("mg " + a + " v k O7\r\nmg " + a + " v q\r\ndelete " + a + "\r\n");
        loop.endTurn();
        server(0).end();
        server(1).receive("VALUE " + b + " 0 1\r\nb\r\nEND\r\n");
        loop.endTurn();

        assertThat(client.written())
                .isEqualTo(
                        "END\r\n"
                                + "VALUE "
                                + b
                                + " 0 1\r\nb\r\nEND\r\n"
                                + "EN k"
                                + a
                                + " O7\r\n"
                                + "SERVER_ERROR unknown\r\n");
    }

    @Test
    void skipsDataBehindFaultyLineAndGoesOn() {
        SampleSocket client = client();
        connectServers();
        client.receive("set a x 0 5\r\nmn\r");
        client.receive("\n.\r\nmn\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("CLIENT_ERROR bad command line format\r\nMN\r\n");
        assertThat(servers).allMatch(server -> server.written().isEmpty());
    }

    @Test
    void closesAfterQuitWhenAllIsAnswered() {
        SampleSocket client = client();
        connectServers();
        client.receive("get " + keys.on(0) + "\r\nquit\r\nmn\r\n");
        loop.endTurn();
        assertThat(client.isOpen()).isTrue();
        server(0).receive("END\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("END\r\n");
        client.endInput();
        loop.endTurn();
        assertThat(client.isOpen()).isFalse();
    }

    private SampleSocket client() {
        SampleSocket client = new SampleSocket();
        clients.add(client);
        acceptor.accept(client.channel());
        loop.endTurn();
        return client;
    }

    private void connectServers() {
        pool.preconnect();
        for (int i = servers.size(); i < connector.addresses().size(); i++) {
            servers.add(connector.accept(i));
        }
        loop.endTurn();
    }

    private SampleSocket server(int index) {
        return servers.get(index);
    }

    private void usePool(PoolConfig config) {
        pool = pool(config);
        acceptor = new ClientAcceptor(pool, loop.loop(), requests);
    }

    private Pool pool(PoolConfig config) {
        MemcacheProtocol protocol =
                new MemcacheProtocol(new MemcacheSettings("alpha", true, "1.2.3"));
        return new Pool(config, protocol, loop.loop(), requests, connector);
    }
}
