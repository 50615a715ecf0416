package io.bilitw.client;

import static io.bilitw.protocol.redis.Wire.array;
import static io.bilitw.protocol.redis.Wire.bulk;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.PoolConfig;
import io.bilitw.config.SamplePool;
import io.bilitw.pool.Pool;
import io.bilitw.pool.SampleKeys;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.server.SampleConnector;
import io.bilitw.stats.ClientCensus;
import io.bilitw.stats.PoolFigures;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.SlowLog;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the clients and all servers of a pool of three. */
class ClientSessionTest {

    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final RequestPool requests = new RequestPool();
    private final List<SampleSocket> clients = new ArrayList<>();
    private final List<SampleSocket> servers = new ArrayList<>();

    private Pool pool = pool(SamplePool.ofThree());
    private ClientAcceptor acceptor =
            new ClientAcceptor(pool, loop.loop(), requests, ClientCensus.alone(), 1 << 30);
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
    void answersInTheOrderOfTheRequests() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(0)) + array("GET", keys.on(1)));
        client.receive(array("GET", keys.on(2)) + array("PING") + array("GET", keys.on(0)));
        loop.endTurn();

        server(2).receive("+third\r\n");
        server(1).receive("+second\r\n");
        loop.endTurn();
        assertThat(client.written()).isEmpty();

        server(0).receive("+first\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("+first\r\n+second\r\n+third\r\n+PONG\r\n");

        server(0).receive("+fifth\r\n");
        loop.endTurn();
        assertThat(client.written()).isEqualTo("+fifth\r\n");
    }

    @Test
    void holdsLongResponsesUntilTheirTurn() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(0)) + array("GET", keys.on(1)) + array("PING"));
        loop.endTurn();
        String shortOfRead = bulk("s".repeat(10_000));
        String longerThanRead = bulk("l".repeat(200_000));
        server(1).receive(longerThanRead);
        server(0).receive(shortOfRead);
        loop.endTurn();

        assertThat(client.written()).isEqualTo(shortOfRead + longerThanRead + "+PONG\r\n");
    }

    @Test
    void keepsTwoClientsApart() {
        SampleSocket one = client();
        SampleSocket two = client();
        connectServers();
        for (int i = 0; i < 20; i++) {
            one.receive(array("GET", keys.on(i % 3)));
            two.receive(array("GET", keys.on(i % 3)));
        }
        loop.endTurn();
        for (SampleSocket server : servers) {
            server.receive("+one\r\n+two\r\n".repeat(server == server(2) ? 6 : 7));
        }
        loop.endTurn();

        assertThat(one.written()).isEqualTo("+one\r\n".repeat(20));
        assertThat(two.written()).isEqualTo("+two\r\n".repeat(20));
    }

    @Test
    void takesRequestsInAnyPieces() {
        SampleSocket client = client();
        connectServers();
        String key = keys.on(1);
        String request = array("SET", key, "value") + array("GET", key);
        for (int i = 0; i < request.length(); i++) {
            client.receive(request.substring(i, i + 1));
        }
        loop.endTurn();

        assertThat(server(1).written()).isEqualTo(request);
    }

    @Test
    void passesLongValuesBothWays() {
        SampleSocket client = client();
        connectServers();
        String key = keys.on(1);
        String value = "0123456789".repeat(500_000);
        client.receive(array("SET", key, value) + array("GET", key));
        loop.endTurn();
        assertThat(server(1).written()).isEqualTo(array("SET", key, value) + array("GET", key));

        server(1).receive("+OK\r\n" + bulk(value));
        loop.endTurn();
        assertThat(client.written()).isEqualTo("+OK\r\n" + bulk(value));
    }

    @Test
    void answersWhatFailsInItsTurn() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(0)) + array("GET", keys.on(1)));
        client.receive(array("RENAME", keys.on(0), keys.on(1)) + array("PING"));
        server(1).end();
        loop.endTurn();
        assertThat(client.written()).isEmpty();
        server(0).receive("+first\r\n");
        loop.endTurn();

        assertThat(client.written().split("\r\n", 0))
                .containsExactly(
                        "+first",
                        "-ERR unknown",
                        "-CROSSSLOT Keys in request don't hash to the same server",
                        "+PONG");
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void joinsSplitRequestsInTheirTurn() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(2)) + array("MGET", keys.on(0), keys.on(1)));
        loop.endTurn();
        server(0).receive("*1\r\n" + bulk("a"));
        server(1).receive("*1\r\n" + bulk("b"));
        server(2).receive("+first\r\n");
        loop.endTurn();

        assertThat(client.written()).isEqualTo("+first\r\n*2\r\n" + bulk("a") + bulk("b"));
    }

    @Test
    void saysWhatIsWrongAfterTheEarlierAnswersAndCloses() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(0)) + "*1\r\n!\r\n" + array("PING"));
        loop.endTurn();
        assertThat(client.written()).isEmpty();
        assertThat(client.isOpen()).isTrue();
        client.receive(array("PING"));

        server(0).receive("+first\r\n");
        loop.endTurn();

        assertThat(client.written())
                .isEqualTo("+first\r\n-ERR Protocol error: expected '$', got '!'\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void closesAfterQuit() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(0)) + array("QUIT") + array("GET", keys.on(0)));
        loop.endTurn();
        server(0).receive("+first\r\n");
        loop.endTurn();

        assertThat(client.written()).isEqualTo("+first\r\n+OK\r\n");
        assertThat(client.isOpen()).isFalse();
        assertThat(server(0).written()).containsOnlyOnce("GET");
    }

    @Test
    void answersAllThatWasAskedBeforeTheInputEnded() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(0)) + array("GET", keys.on(1)) + "*1\r\n$4\r\nPI");
        client.endInput();
        loop.endTurn();
        assertThat(client.isOpen()).isTrue();
        server(1).receive("+second\r\n");
        server(0).receive("+first\r\n");
        loop.endTurn();

        assertThat(client.written()).isEqualTo("+first\r\n+second\r\n");
        assertThat(client.isOpen()).isFalse();
        assertThat(value(PoolMetric.CLIENT_EOF)).isEqualTo(1);
        assertThat(value(PoolMetric.CLIENT_CONNECTIONS)).isZero();
    }

    @Test
    void closesWhenTheInputEndsAndNothingIsOutstanding() {
        SampleSocket client = client();
        client.receive(array("PING"));
        client.endInput();
        loop.endTurn();

        assertThat(client.written()).isEqualTo("+PONG\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void throwsAnswersToVanishedClientAway() {
        SampleSocket gone = client();
        SampleSocket other = client();
        connectServers();
        gone.receive(array("GET", keys.on(0)) + array("GET", keys.on(1)));
        gone.receive(array("MGET", keys.on(0), keys.on(1)));
        other.receive(array("GET", keys.on(0)));
        loop.endTurn();
        server(1).receive(bulk("held".repeat(3000)));
        gone.fail(new IOException("Connection reset by peer"));
        server(0).receive("+1\r\n*1\r\n+x\r\n+2\r\n");
        server(1).receive("*1\r\n+y\r\n");
        loop.endTurn();

        assertThat(other.written()).isEqualTo("+2\r\n");
        assertThat(gone.written()).isEmpty();
        assertThat(value(PoolMetric.CLIENT_ERR)).isEqualTo(1);
        assertThat(value(PoolMetric.CLIENT_CONNECTIONS)).isEqualTo(1);
        assertThat(server(0).isOpen()).isTrue();
        assertThat(server(1).isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "*0\r\n", "*-1\r\n"})
    void saysNothingToNothing(String nothing) {
        SampleSocket client = client();
        client.receive(nothing + array("PING") + nothing);
        loop.endTurn();

        assertThat(client.written()).isEqualTo("+PONG\r\n");
    }

    @Test
    void deliversPipelineOfTenThousand() {
        SampleSocket client = client();
        connectServers();
        StringBuilder asked = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++) {
            int server = i % 3;
            asked.append(array("GET", keys.on(server)));
            expected.append('+').append(server).append('-').append(counts[server]++).append("\r\n");
        }
        client.receive(asked.toString());
        loop.endTurn();
        for (int server = 2; server >= 0; server--) {
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < counts[server]; i++) {
                answers.append('+').append(server).append('-').append(i).append("\r\n");
            }
            server(server).receive(answers.toString());
        }
        loop.endTurn();

        assertThat(client.written()).isEqualTo(expected.toString());
    }

    @Test
    void refusesClientsBeyondTheLimit() {
        pool = pool(SamplePool.ofThree("client_connections: 1"));
        acceptor = new ClientAcceptor(pool, loop.loop(), requests, ClientCensus.alone(), 1 << 30);
        SampleSocket first = client();
        SampleSocket second = client();
        loop.endTurn();
        assertThat(second.written()).isEqualTo("-ERR max number of clients reached\r\n");
        assertThat(second.isOpen()).isFalse();
        assertThat(value(PoolMetric.CLIENT_CONNECTIONS)).isEqualTo(1);

        first.end();
        SampleSocket third = client();
        third.receive(array("PING"));
        loop.endTurn();
        assertThat(third.written()).isEqualTo("+PONG\r\n");
    }

    @Test
    void closesAllClients() {
        SampleSocket client = client();
        connectServers();
        client.receive(array("GET", keys.on(0)));
        loop.endTurn();
        acceptor.close();
        server(0).receive("+late\r\n");
        loop.endTurn();

        assertThat(client.isOpen()).isFalse();
        assertThat(value(PoolMetric.CLIENT_CONNECTIONS)).isZero();
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
        for (int i = 0; i < 3; i++) {
            servers.add(connector.accept(i));
        }
        loop.endTurn();
    }

    private SampleSocket server(int index) {
        return servers.get(index);
    }

    private long value(PoolMetric metric) {
        return pool.counters().value(metric);
    }

    private Pool pool(PoolConfig config) {
        RedisProtocol protocol =
                new RedisProtocol(
                        new RedisSettings(config.name(), null, 0, "1.2.3", SlowLog.inProcess()));
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
