package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HUP: a new generation of workers takes over, and clients do not notice. */
class ReloadIT {

    private static final String DONE = "reload is done";

    private final RedisServer redis = RedisServer.start();
    private final MemcachedServer memcached = MemcachedServer.start();

    @AfterEach
    void stopServers() {
        redis.close();
        memcached.close();
    }

    @Test
    void tenReloadsUnderLoadOfBothProtocolsLoseNothing() {
        PoolFile alpha = PoolFile.redis().server(redis);
        PoolFile beta = PoolFile.memcache().named("beta").server(memcached);
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha, beta);
                RespClient idle = proxy.client()) {
            Object id = idle.call("CLIENT", "ID");
            idle.call("CLIENT", "SETNAME", "idler");
            try (CheckedLoad ofRedis = CheckedLoad.redis(ProxyProcess.socketAddress(alpha), 25);
                    CheckedLoad ofMemcached =
                            CheckedLoad.memcache(ProxyProcess.socketAddress(beta), 25)) {
                for (int reload = 1; reload <= 10; reload++) {
                    proxy.signal("HUP");
                    proxy.awaitLog(DONE, reload);
                    ofRedis.awaitRequests(50);
                    ofMemcached.awaitRequests(50);
                }
                ofRedis.assertFlawless();
                ofMemcached.assertFlawless();
            }
            assertThat(idle.call("CLIENT", "ID")).isEqualTo(id);
            assertThat(idle.call("CLIENT", "GETNAME").toString()).contains("idler");
            assertThat(proxy.workers()).hasSize(2);
        }
    }

    @Test
    void clientsMoveOneAfterTheOtherWhileTheOthersAreServedOn() {
        List<RespClient> clients = new ArrayList<>();
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, PoolFile.redis().server(redis))) {
            for (int i = 0; i < 20; i++) {
                clients.add(proxy.client());
                clients.getLast().call("SET", "key" + i, "value" + i);
            }
            proxy.signal("HUP");

            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> clientsOfWorkers(proxy.stats()).filter(n -> n > 0).count() == 2);
            for (int round = 0; proxy.logged(DONE) == 0; round++) {
                int i = round % clients.size();
                assertThat(clients.get(i).call("GET", "key" + i).toString()).contains("value" + i);
            }
            assertThat(clientsOfWorkers(proxy.stats())).containsExactly(clients.size());
        } finally {
            clients.forEach(RespClient::close);
        }
    }

    private static Stream<Integer> clientsOfWorkers(String stats) {
        return Pattern.compile("\"client_connections\": ?(\\d+)[^{]*}")
                .matcher(stats.substring(0, stats.indexOf(']')))
                .results()
                .map(found -> Integer.valueOf(found.group(1)));
    }

    @Test
    void invalidFileIsRefusedWholeAndNothingChanges() {
        PoolFile alpha = PoolFile.redis().server(redis);
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
                RespClient client = proxy.client()) {
            List<Long> before = proxy.workers();
            proxy.rewrite(alpha.yaml() + "  hush: md5\n");

            proxy.signal("HUP");

            proxy.awaitLog("reload failed, all goes on as before: the configuration is invalid", 1);
            assertThat(proxy.log()).contains("bilitw.yml:9:3: ").contains("hush");
            assertThat(proxy.workers()).isEqualTo(before);
            assertThat(client.call("SET", "a", "1").toString()).contains("OK");
        }
    }

    @Test
    void takenPortIsRefusedAndNothingChanges() {
        PoolFile alpha = PoolFile.redis().server(redis);
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
                RespClient client = proxy.client()) {
            List<Long> before = proxy.workers();
            PoolFile gamma =
                    PoolFile.redis().named("gamma").set("listen", redis.address()).server(redis);
            proxy.rewrite(ProxyProcess.yaml(alpha, gamma));

            proxy.signal("HUP");

            proxy.awaitLog("pool 'gamma' cannot listen on '" + redis.address(), 1);
            assertThat(proxy.workers()).isEqualTo(before);
            assertThat(client.call("SET", "a", "1").toString()).contains("OK");
        }
    }

    @Test
    void poolsComeGoAndChangeTheirServers() {
        PoolFile alpha = PoolFile.redis().server(redis);
        PoolFile beta = PoolFile.redis().named("beta").server(redis);
        try (RedisServer other = RedisServer.start();
                ProxyProcess proxy =
                        ProxyProcess.startFrom(
                                ProxyProcess.packaged(),
                                1,
                                "global:\n  reload_timeout: 500\n",
                                alpha,
                                beta);
                RespClient stays = proxy.client();
                RespClient goes = RespClient.connect(ProxyProcess.socketAddress(beta))) {
            stays.call("SET", "place", "old");
            goes.call("PING");
            PoolFile moved = PoolFile.redis().set("listen", alpha.value("listen")).server(other);
            PoolFile gamma = PoolFile.redis().named("gamma").server(redis);
            proxy.rewrite(ProxyProcess.yaml(moved, gamma) + "global:\n  reload_timeout: 500\n");

            proxy.signal("HUP");
            proxy.awaitLog(DONE, 1);

            assertThat(proxy.log())
                    .contains("change: pool 'beta' is removed")
                    .contains("change: pool 'gamma' is added")
                    .contains("change: pool 'alpha' gets server '" + other.address());
            assertThat(stays.call("SET", "place", "new").toString()).contains("OK");
            try (RespClient direct = other.client();
                    RespClient old = redis.client();
                    RespClient added = RespClient.connect(ProxyProcess.socketAddress(gamma))) {
                assertThat(direct.call("GET", "place").toString()).contains("new");
                assertThat(old.call("GET", "place").toString()).contains("old");
                assertThat(added.call("GET", "place").toString()).contains("old");
            }
            assertThat(goes.readToEnd()).isEmpty();
        }
    }

    @Test
    void aHalfSentLongValueIsServedToItsEndAndThenItsClientMoves() {
        PoolFile alpha = PoolFile.redis().server(redis);
        byte[] half = new byte[25_000_000];
        Arrays.fill(half, (byte) 'v');
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
                RespClient client = proxy.client()) {
            client.send("*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$50000000\r\n").send(half);
            proxy.signal("HUP");
            proxy.awaitLog(" is ready after ", 2);
            Awaitility.await().untilAsserted(() -> proxy.worker("bilitw worker 0(old)"));
            try (RespClient other = proxy.client()) {
                assertThat(other.call("SET", "a", "1").text()).isEqualTo("+OK\r\n");
            }
            assertThat(proxy.logged(DONE)).isZero();

            client.send(half).send("\r\n");

            assertThat(client.read().text()).isEqualTo("+OK\r\n");
            proxy.awaitLog(DONE, 1);
            assertThat(proxy.log()).contains("moved 1 clients to the successor");
            assertThat(client.call("STRLEN", "big").text()).isEqualTo(":50000000\r\n");
        }
    }

    @Test
    void whatIsStillOutstandingIsCutAfterTheTimeAndNoSecondReloadBeginsBefore() {
        String time = "global:\n  reload_timeout: 1500\n";
        try (FakeServer silent = FakeServer.silent();
                ProxyProcess proxy =
                        ProxyProcess.startFrom(
                                ProxyProcess.packaged(),
                                1,
                                time,
                                PoolFile.redis().server(silent.address()));
                RespClient client = proxy.client()) {
            client.send("GET a\r\n");
            Awaitility.await().until(() -> !silent.requests().isEmpty());
            proxy.signal("HUP");
            proxy.awaitLog(" is ready after ", 2);

            proxy.signal("HUP");

            proxy.awaitLog("reload refused: another reload is not over yet", 1);
            assertThat(client.readToEnd()).isEmpty();
            proxy.awaitLog(DONE, 1);
        }
    }

    @Test
    void aWorkerThatDiesDuringAReloadDoesNotHinderIt() {
        PoolFile alpha = PoolFile.redis().server(redis);
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            long dying = proxy.worker("bilitw worker 0");
            proxy.signal("HUP");
            proxy.awaitLog("reloading", 1);
            ProxyProcess.signal("KILL", dying);

            proxy.awaitLog(DONE, 1);

            for (int i = 0; i < 20; i++) {
                try (RespClient client = proxy.client()) {
                    assertThat(client.call("SET", "a", "1").text()).isEqualTo("+OK\r\n");
                }
            }
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(proxy.workers().stream().map(ProxyProcess::titleOf))
                                    .containsExactlyInAnyOrder(
                                            "bilitw worker 0", "bilitw worker 1"));
        }
    }
}
