package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
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
            try (CheckedLoad ofRedis = CheckedLoad.redis(address(alpha), 25);
                    CheckedLoad ofMemcached = CheckedLoad.memcache(address(beta), 25)) {
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
                RespClient goes = RespClient.connect(address(beta))) {
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
                    RespClient added = RespClient.connect(address(gamma))) {
                assertThat(direct.call("GET", "place").toString()).contains("new");
                assertThat(old.call("GET", "place").toString()).contains("old");
                assertThat(added.call("GET", "place").toString()).contains("old");
            }
            assertThat(goes.readToEnd()).isEmpty();
        }
    }

    private static SocketAddress address(PoolFile pool) {
        String listen = pool.value("listen");
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(listen.substring(listen.indexOf(':') + 1)));
    }
}
