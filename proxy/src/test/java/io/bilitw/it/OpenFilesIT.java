package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a worker may open no more files, new clients wait and the others do not notice. */
class OpenFilesIT {

    private static final String WAIT = "wait, as none can be accepted";
    private static final int FREE = 5;
    private static final int CLIENTS = 20;
    private static final int ENOUGH = 1000;

    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void stopServer() {
        redis.close();
    }

    @Test
    void clientsWaitForFilesWhileOthersAreServed() {
        List<RespClient> clients = new ArrayList<>();
        try (ProxyProcess proxy = ProxyProcess.start(PoolFile.redis().server(redis));
                RespClient old = proxy.client()) {
            old.call("SET", "a", "1");
            long worker = proxy.workers().getFirst();
            ProxyProcess.leaveFiles(worker, FREE);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(proxy.client());
                clients.getLast().send("PING\r\n");
            }
            proxy.awaitLog(WAIT, 1);
            for (int i = 0; i < 100; i++) {
                assertThat(old.call("GET", "a").value()).isEqualTo("1");
            }
            for (RespClient client : clients) {
                assertThat(client.read().text()).isEqualTo("+PONG\r\n");
                client.close(); // which lets the next one in
            }
            assertThat(old.call("GET", "a").value()).isEqualTo("1");
            assertThat(proxy.logged(WAIT)).isEqualTo(1);
            ProxyProcess.limitFiles(worker, ENOUGH);
        } finally {
            clients.forEach(RespClient::close);
        }
    }

    @Test
    void noServerIsEjectedBecauseTheProxyMayOpenNoMoreFiles() {
        PoolFile pool =
                PoolFile.redis()
                        .set("auto_eject_hosts", "true")
                        .set("server_failure_limit", 1)
                        .server(redis);
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                RespClient client = proxy.client()) {
            client.call("PING");
            long worker = proxy.workers().getFirst();
            ProxyProcess.leaveFiles(worker, 0);
            assertThat(client.call("GET", "a").text()).isEqualTo("-ERR Too many open files\r\n");
            ProxyProcess.limitFiles(worker, ENOUGH);
            assertThat(client.call("SET", "a", "1").text()).isEqualTo("+OK\r\n");
            assertThat(proxy.stats()).contains("\"server_ejects\":0");
        }
    }

    @Test
    void warnsWhenTheConfigurationCanNeedMoreFilesThanThereMayBe() {
        PoolFile pool = PoolFile.redis().set("client_connections", 2_000_000_000).server(redis);
        try (ProxyProcess proxy = ProxyProcess.start(pool)) {
            assertThat(proxy.log())
                    .containsPattern(
                            "this process may open \\d+ files, but the configuration can need"
                                    + " 2\\d{9}: raise the hard limit");
        }
    }
}
