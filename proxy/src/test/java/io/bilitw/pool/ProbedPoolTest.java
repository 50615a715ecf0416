package io.bilitw.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.PoolConfig;
import io.bilitw.config.SamplePool;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.redis.RedisProtocol;
import io.bilitw.protocol.redis.RedisSettings;
import io.bilitw.protocol.redis.Wire;
import io.bilitw.server.SampleConnector;
import io.bilitw.stats.PoolFigures;
import io.bilitw.stats.ServerMetric;
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

/** A pool whose ejected servers come back when they answer a probe. */
class ProbedPoolTest {

    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final RequestPool requests = new RequestPool();
    private final SampleSink sink = new SampleSink(requests);
    private final RedisProtocol protocol =
            new RedisProtocol(new RedisSettings("alpha", null, 0, "1.2.3", SlowLog.inProcess()));
    private final SampleDialogue dialogue = new SampleDialogue(protocol, 1);

    private Pool pool = pool(1);
    private final SampleKeys keys = new SampleKeys(pool.config());

    @AfterEach
    void close() {
        pool.close();
        loop.endTurn();
        connector.close();
        loop.close();
    }

    @Test
    void takesProbedServerBackWhenItAnswersAndNotBefore() {
        String key = keys.on(1);
        ask("a", Wire.array("GET", key));
        connector.refuse(0, refused());
        loop.endTurnAfter(99);
        assertThat(connector.addresses()).hasSize(1);

        loop.endTurnAfter(1);
        connector.refuse(1, refused());
        loop.endTurnAfter(100);
        SampleSocket probe = connector.accept(2);
        loop.endTurn();
        assertThat(probe.written()).isEqualTo(Wire.array("PING"));
        probe.receive("-MASTERDOWN Link with MASTER is down\r\n");
        assertThat(probe.isOpen()).isFalse();
        ask("elsewhere", Wire.array("GET", key));
        loop.endTurnAfter(100);
        SampleSocket last = connector.accept(4);
        assertThat(connector.addresses().get(3)).isNotEqualTo("127.0.0.1:6380");
        last.receive("+PONG\r\n");
        assertThat(last.isOpen()).isFalse();
        ask("b", Wire.array("GET", key));
        loop.endTurnAfter(10_000);

        assertThat(connector.addresses()).hasSize(6).last().isEqualTo("127.0.0.1:6380");
        assertThat(value(1, ServerMetric.PROBES)).isEqualTo(3);
        assertThat(value(1, ServerMetric.PROBE_FAILURES)).isEqualTo(2);
        assertThat(value(1, ServerMetric.EJECTED)).isZero();
        assertThat(value(1, ServerMetric.REQUESTS)).isEqualTo(2);
        assertThat(value(1, ServerMetric.SERVER_CONNECTS)).isZero();
    }

    @Test
    void givesServerThatIsBackNewConnections() {
        pool = pool(2);
        pool.preconnect();
        List<SampleSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) { // two for each server
            sockets.add(connector.accept(i));
        }
        String key = keys.on(1);
        ask("a", Wire.array("GET", key)); // client 1 has the second one
        sockets.get(3).end();
        assertThat(value(1, ServerMetric.EJECTED)).isEqualTo(1);
        assertThat(sockets.get(2).isOpen()).isTrue();
        loop.endTurnAfter(100);
        connector.accept(6).receive("+PONG\r\n");

        assertThat(sockets.get(2).isOpen()).as("idle, so it may be dead").isFalse();
        assertThat(sockets.get(0).isOpen()).as("of another server").isTrue();
        assertThat(value(1, ServerMetric.EJECTED)).isZero();
    }

    @Test
    void probesNoMoreWhenThePoolIsClosed() {
        ask("a", Wire.array("GET", keys.on(1)));
        connector.refuse(0, refused());
        pool.close();
        loop.endTurnAfter(1000);

        assertThat(connector.addresses()).hasSize(1);
    }

    private static IOException refused() {
        return new IOException("connect(..) failed with error(-111): Connection refused");
    }

    private Pool pool(int connections) {
        PoolConfig config =
                SamplePool.ofThree(
                        "auto_eject_hosts: true",
                        "server_probe: on",
                        "server_failure_limit: 1",
                        "server_retry_timeout: 100",
                        "server_connections: " + connections);
        return new Pool(
                config,
                protocol,
                loop.loop(),
                requests,
                connector,
                new PoolFigures(config.servers().size()),
                SlowLog.inProcess());
    }

    private long value(int server, ServerMetric metric) {
        return pool.servers().get(server).counters().value(metric);
    }

    private void ask(String name, String wire) {
        assertThat(dialogue.say(wire)).isEqualTo(Handling.FORWARD);
        pool.forward(sink.request(name), dialogue.dialogue());
    }
}
