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
import io.bilitw.stats.PoolMetric;
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

class PoolTest {

    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final RequestPool requests = new RequestPool();
    private final SampleSink sink = new SampleSink(requests);
    private final RedisProtocol protocol =
            new RedisProtocol(new RedisSettings("alpha", null, 0, "1.2.3", SlowLog.inProcess()));
    private final SampleDialogue dialogue = new SampleDialogue(protocol, 1);
    private final List<SampleSocket> sockets = new ArrayList<>();

    private Pool pool = pool(SamplePool.ofThree());
    private SampleKeys keys = new SampleKeys(pool.config());

    @AfterEach
    void close() {
        pool.close();
        loop.endTurn();
        connector.close();
        loop.close();
    }

    @Test
    void sendsRequestAsItIsToTheServerOfItsKey() {
        connect();
        for (int server = 0; server < 3; server++) {
            String request = Wire.array("gEt", keys.on(server));
            ask("x", request);
            loop.endTurn();

            assertThat(sockets.get(server).written()).isEqualTo(request);
            sockets.get(server).receive("$-1\r\n");
            assertThat(sink.answers()).containsExactly("x $-1");
        }
        assertThat(connector.addresses()).hasSize(3);
    }

    @Test
    void sendsRequestsOfOneTurnTogether() {
        connect();
        String first = Wire.array("GET", keys.on(1));
        String second = Wire.array("INCR", keys.on(1));
        ask("a", first);
        ask("b", second);
        loop.endTurn();

        assertThat(sockets.get(1).written()).isEqualTo(first + second);
    }

    @Test
    void sendsEachServerItsKeysInTheOrderOfTheRequest() {
        connect();
        String a0 = keys.on(0);
        String b2 = keys.on(2);
        String c0 = keys.on(0);
        ask("x", Wire.array("MGET", a0, b2, c0, a0));
        loop.endTurn();

        assertThat(sockets.get(0).written()).isEqualTo(Wire.array("mget", a0, c0, a0));
        assertThat(sockets.get(1).written()).isEmpty();
        assertThat(sockets.get(2).written()).isEqualTo(Wire.array("mget", b2));
        sockets.get(2).receive("*1\r\n$2\r\nb2\r\n");
        assertThat(sink.answers()).isEmpty();
        sockets.get(0).receive("*3\r\n$2\r\na0\r\n$-1\r\n$2\r\na0\r\n");
        assertThat(sink.answers())
                .containsExactly("x *4\r\n$2\r\na0\r\n$2\r\nb2\r\n$-1\r\n$2\r\na0");
        assertThat(pool.counters().value(PoolMetric.FRAGMENTS)).isEqualTo(2);
    }

    @Test
    void sendsValuesWithTheirKeys() {
        connect();
        String longValue = "v".repeat(20_000);
        String a = keys.on(0);
        String b = keys.on(1);
        String c = keys.on(1);
        ask("x", Wire.array("MSET", a, "1", b, longValue, c, ""));
        loop.endTurn();

        assertThat(sockets.get(0).written()).isEqualTo(Wire.array("mset", a, "1"));
        assertThat(sockets.get(1).written()).isEqualTo(Wire.array("mset", b, longValue, c, ""));
        sockets.get(0).receive("+OK\r\n");
        sockets.get(1).receive("+OK\r\n");
        assertThat(sink.answers()).containsExactly("x +OK");
    }

    @Test
    void sendsKeysOfOneServerInOnePiece() {
        connect();
        String a = keys.on(2);
        String b = keys.on(2);
        ask("x", Wire.array("DEL", a, b));
        loop.endTurn();

        assertThat(sockets.get(2).written()).isEqualTo(Wire.array("del", a, b));
        sockets.get(2).receive(":2\r\n");
        assertThat(sink.answers()).containsExactly("x :2");
        assertThat(pool.counters().value(PoolMetric.FRAGMENTS)).isZero();
    }

    @Test
    void failsRequestWhoseKeysLieApart() {
        connect();
        ask("apart", Wire.array("RENAME", keys.on(0), keys.on(1)));
        ask("together", Wire.array("RENAME", keys.on(0), keys.on(0)));
        loop.endTurn();
        sockets.get(0).receive("+OK\r\n");

        assertThat(sink.answers())
                .containsExactly(
                        "apart failed: Keys in request don't hash to the same server",
                        "together +OK");
        assertThat(sockets.get(1).written()).isEmpty();
    }

    @Test
    void sendsAnyKeysTogetherWhereTheyHaveNoPlace() {
        pool = pool(SamplePool.ofThree("distribution: random"));
        for (int i = 0; i < 50; i++) {
            ask("x", Wire.array("RENAME", "a" + i, "b" + i));
        }
        assertThat(sink.answers()).isEmpty();
    }

    @Test
    void failsSplitRequestWhoseFragmentFails() {
        connect();
        ask("x", Wire.array("DEL", keys.on(0), keys.on(1), keys.on(2)));
        sockets.get(1).end();
        sockets.get(2).receive(":1\r\n");
        assertThat(sink.answers()).isEmpty();
        sockets.get(0).receive(":1\r\n");

        assertThat(sink.answers()).containsExactly("x failed: unknown");
    }

    @Test
    void missesKeysOfFailedServerIfThePoolWantsThat() {
        pool = pool(SamplePool.ofThree("on_failure: miss"));
        connect();
        String a = keys.on(0);
        String b = keys.on(1);
        ask("whole", Wire.array("GET", a));
        ask("split", Wire.array("MGET", a, b, a));
        ask("one piece", Wire.array("MGET", a, a));
        ask("fields", Wire.array("HMGET", a, "f", "g", "h"));
        ask("write", Wire.array("SET", a, "1"));
        ask("other read", Wire.array("STRLEN", a));
        ask("apart", Wire.array("RENAME", a, b));
        sockets.get(1).receive("*1\r\n$1\r\nb\r\n");
        sockets.get(0).end();

        assertThat(sink.answers())
                .containsExactly(
                        "apart failed: Keys in request don't hash to the same server",
                        "whole $-1",
                        "split *3\r\n$-1\r\n$1\r\nb\r\n$-1",
                        "one piece *2\r\n$-1\r\n$-1",
                        "fields *3\r\n$-1\r\n$-1\r\n$-1",
                        "write failed: unknown",
                        "other read failed: unknown");
    }

    @Test
    void missesKeysWhenNoServerIsLeft() {
        pool = pool(ejecting("on_failure: miss", "server_failure_limit: 1"));
        for (int server = 0; server < 3; server++) {
            pool.servers().get(server).preconnect();
            connector.refuse(server, new IOException());
        }
        ask("a", Wire.array("GET", "any"));
        ask("b", Wire.array("MGET", keys.on(0), keys.on(1)));
        ask("c", Wire.array("DEL", keys.on(0), keys.on(1)));

        assertThat(sink.answers())
                .containsExactly("a $-1", "b *2\r\n$-1\r\n$-1", "c failed: Connection refused");
    }

    @Test
    void ejectsServerThatFailsTooOftenInRow() {
        pool = pool(ejecting("server_retry_timeout: 3600000"));
        String key = keys.on(1);
        ask("a", Wire.array("GET", key));
        connector.refuse(0, new IOException());
        ask("b", Wire.array("GET", key));
        connector.refuse(1, new IOException());
        assertThat(sink.answers()).hasSize(2);

        ask("c", Wire.array("GET", key));

        assertThat(connector.addresses())
                .startsWith("127.0.0.1:6380", "127.0.0.1:6380")
                .hasSize(3)
                .last()
                .isNotEqualTo("127.0.0.1:6380");
        assertThat(pool.counters().value(PoolMetric.SERVER_EJECTS)).isEqualTo(1);
        assertThat(pool.servers().get(1).counters().value(ServerMetric.SERVER_EJECTED_AT))
                .isPositive();
        assertThat(pool.servers().get(1).failuresInRow()).isZero();
    }

    @Test
    void refusesAllRequestsWhenNoServerIsLeft() {
        pool = pool(ejecting("server_retry_timeout: 3600000", "server_failure_limit: 1"));
        for (int server = 0; server < 3; server++) {
            pool.servers().get(server).preconnect();
            connector.refuse(server, new IOException());
        }
        ask("a", Wire.array("GET", "any"));
        ask("b", Wire.array("MGET", keys.on(0), keys.on(1)));

        assertThat(sink.answers())
                .containsExactly("a failed: Connection refused", "b failed: Connection refused");
        assertThat(connector.addresses()).hasSize(3);
    }

    @Test
    void takesServerBackAtTheFirstRequestAfterItsTime() {
        pool = pool(ejecting("server_retry_timeout: 0", "server_failure_limit: 1"));
        String key = keys.on(2);
        ask("a", Wire.array("GET", key));
        connector.refuse(0, new IOException());
        connect();
        sockets.get(0).receive("$"); // whatever is read brings the clock up to date

        ask("b", Wire.array("GET", key));
        loop.endTurn();

        assertThat(sockets.get(2).written()).isEqualTo(Wire.array("GET", key));
        assertThat(pool.counters().value(PoolMetric.SERVER_EJECTS)).isEqualTo(1);
    }

    @Test
    void keepsServersThatFailWhenEjectingIsOff() {
        failOften(keys.on(1));

        assertThat(connector.addresses()).containsOnly("127.0.0.1:6380");
        assertThat(pool.counters().value(PoolMetric.SERVER_EJECTS)).isZero();
    }

    /** So often that the server is left alone for some time, with a very high probability. */
    private void failOften(String key) {
        int at = connector.addresses().size();
        for (int i = 0; i < 1000; i++) {
            ask("x", Wire.array("GET", key));
            if (connector.addresses().size() > at) {
                connector.refuse(at, refused());
                at++;
            }
        }
        assertThat(sink.answers()).hasSize(1000).containsOnly("x failed: Connection refused");
    }

    @Test
    void failsRequestsAtOnceWhileServerIsLeftAlone() {
        failOften(keys.on(1));
        int connects = connector.addresses().size();
        long counted = pool.servers().get(1).counters().value(ServerMetric.FAILED_FAST);
        ask("fragments", Wire.array("DEL", keys.on(1), keys.on(2)));
        ask("one piece", Wire.array("DEL", keys.on(1), keys.on(1)));
        ask("other server", Wire.array("GET", keys.on(0)));

        assertThat(connects).isBetween(4, 200);
        assertThat(counted).isEqualTo(1000 - connects);
        assertThat(sink.answers()).containsExactly("one piece failed: Connection refused");
        connector.accept(connects).receive(":1\r\n"); // the fragment's
        assertThat(sink.answers()).containsExactly("fragments failed: Connection refused");
    }

    @Test
    void doesNotLeaveServerAloneThatRefusesWritesOnly() {
        String key = keys.on(0);
        for (int i = 0; i < 100; i++) {
            ask("x", Wire.array("SET", key, "v"));
            SampleSocket socket = connector.accept(i);
            socket.receive("-OOM\r\n");
            sockets.add(socket);
        }

        assertThat(sink.answers()).hasSize(100);
        assertThat(connector.addresses()).hasSize(100);
    }

    private static IOException refused() {
        return new IOException("connect(..) failed with error(-111): Connection refused");
    }

    private static PoolConfig ejecting(String... settings) {
        List<String> all = new ArrayList<>(List.of("auto_eject_hosts: true"));
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

    /** Connects all servers of the pool. */
    private void connect() {
        int before = connector.addresses().size();
        pool.preconnect();
        for (int i = before; i < connector.addresses().size(); i++) {
            sockets.add(connector.accept(i));
        }
        loop.endTurn();
    }

    private void ask(String name, String wire) {
        Handling handling = dialogue.say(wire);
        if (handling == Handling.SPLIT) {
            pool.split(sink.request(name), dialogue.dialogue());
        } else {
            assertThat(handling).isEqualTo(Handling.FORWARD);
            pool.forward(sink.request(name), dialogue.dialogue());
        }
    }
}
