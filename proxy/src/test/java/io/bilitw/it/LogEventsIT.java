package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events that are logged, with their words. */
class LogEventsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CLIENT = "127\\.0\\.0\\.1:\\d+";

    private RedisServer redis;

    @BeforeEach
    void startServer() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stopServer() {
        redis.close();
    }

    @Test
    void logsTheLifeOfTheProcesses() {
        PoolFile alpha = PoolFile.redis().server(redis);
        ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
        awaitLine(proxy, "info bilitw bilitw-\\S+ started on pid \\d+ with .*, 1 workers on .*");
        awaitLine(
                proxy, "info worker0/worker max fds \\d+ max client conns \\d+ max server conns 2");
        awaitLine(
                proxy,
                "info worker0/worker listening on '"
                        + alpha.value("listen")
                        + "' in pool 'alpha' with 1 servers");
        awaitLine(proxy, "info master worker 0 .*is ready after \\d+ ms");
        ProxyProcess.signal("KILL", proxy.workers().getFirst());
        awaitLine(proxy, "error master .*worker 0 .*; replacing it in \\d+ ms");
        proxy.awaitLog(" is ready after ", 2);
        proxy.signal("HUP");
        awaitLine(proxy, "info master reloading .*bilitw\\.yml");
        awaitLine(proxy, "info worker0/worker moved 0 clients to the successor");
        awaitLine(proxy, "info master reload is done, all old workers have ended");
        proxy.end("TERM");
        awaitLine(proxy, "info master stopping");
        awaitLine(proxy, "info bilitw done");
        proxy.close();
    }

    @Test
    void logsTheLifeOfConnections() {
        PoolFile alpha = PoolFile.redis().server(redis);
        try (ProxyProcess proxy = ProxyProcess.start(alpha)) {
            try (RespClient client = proxy.client();
                    RespClient stranger = proxy.client()) {
                client.call("GET", "key");
                client.call("MULTI");
                client.call("NOSUCH");
                stranger.send("*1\r\nno\r\n");
                stranger.readToEnd();
            }
            awaitLine(proxy, "debug worker0/client accepted client " + CLIENT + " of pool 'alpha'");
            awaitLine(
                    proxy,
                    "info worker0/server connected to server '"
                            + redis.address()
                            + ":1' of pool 'alpha'");
            awaitLine(
                    proxy, "info worker0/client unsupported command 'multi' from client " + CLIENT);
            awaitLine(proxy, "debug worker0/client unknown command 'NOSUCH' from client " + CLIENT);
            awaitLine(
                    proxy,
                    "debug worker0/client client "
                            + CLIENT
                            + " of pool 'alpha' spoke out of protocol");
            awaitLine(
                    proxy,
                    "debug worker0/client closed client "
                            + CLIENT
                            + " of pool 'alpha' with 0 unanswered: no error");
        }
    }

    @Test
    void logsThatClientsMove() {
        PoolFile alpha = PoolFile.redis().server(redis);
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            client.call("PING");
            proxy.signal("HUP");

            awaitLine(proxy, "debug worker0/client adopted client " + CLIENT + " of pool 'alpha'");
            awaitLine(proxy, "debug worker0/client moved client " + CLIENT + " of pool 'alpha'");
        }
    }

    @Test
    void logsServersThatFailAndReturn() {
        PoolFile alpha =
                PoolFile.redis()
                        .set("auto_eject_hosts", "true")
                        .set("server_failure_limit", 1)
                        .set("server_retry_timeout", 300)
                        .server(redis)
                        .server("127.0.0.1:1");
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(LIMIT)
                    .until(() -> {
                        for (int i = 0; i < 20; i++) {
                            client.call("GET", i + "-spread");
                        }
                        return proxy.logged("to add 1 servers") > 0;
                    });
            awaitLine(
                    proxy,
                    "info worker0/server connection to server '127.0.0.1:1:1' of pool 'alpha' is"
                            + " closed with 1 outstanding: Connection refused");
            awaitLine(
                    proxy,
                    "warn worker0/pool update pool 'alpha' to delete server '127.0.0.1:1:1' for"
                            + " next 300 ms");
            awaitLine(proxy, "warn worker0/pool update pool 'alpha' to add 1 servers");
        }
    }

    @Test
    void logsUnsupportedCommandsOfMemcached() {
        PoolFile beta = PoolFile.memcache().server("127.0.0.1:1");
        try (ProxyProcess proxy = ProxyProcess.start(beta);
                MemcacheClient client = proxy.memcacheClient()) {
            client.send("watch\r\n");

            awaitLine(
                    proxy, "info worker0/client unsupported command 'watch' from client " + CLIENT);
        }
    }

    @Test
    void logsRequestsAtTheHighestLevelOnly() {
        PoolFile alpha = PoolFile.redis().server(redis).server("127.0.0.1:1");
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            for (int level = 7; level <= 10; level++) {
                proxy.signal("TTIN");
                proxy.awaitLog("log level is " + level, 1);
            }
            ask(client);
            assertThat(proxy.log()).doesNotContain("request done");
            proxy.signal("TTIN");
            proxy.awaitLog("log level is 11", 1);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> {
                        ask(client);
                        return proxy.logged("request done for client") > 0;
                    });
            awaitLine(
                    proxy,
                    "trace worker0/request request done for client "
                            + CLIENT
                            + " of pool 'alpha' in \\d+ us with 5 bytes");
            awaitLine(
                    proxy,
                    "trace worker0/request request failed for client "
                            + CLIENT
                            + " of pool 'alpha': Connection refused");
            proxy.signal("TTOU");
            proxy.awaitLog("log level is 10", 2);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> {
                        int before = proxy.logged("request done for client");
                        ask(client);
                        return proxy.logged("request done for client") == before;
                    });
        }
    }

    /** Asks both servers. */
    private static void ask(RespClient client) {
        for (int i = 0; i < 10; i++) {
            client.call("GET", i + "-spread");
        }
    }

    /** Waits for a line of this kind, which has the time before it. */
    private static void awaitLine(ProxyProcess proxy, String rest) {
        Pattern line = Pattern.compile("^\\[[-0-9:. ]{23}] " + rest + "$", Pattern.MULTILINE);
        Awaitility.await("line: " + rest)
                .pollInterval(Duration.ofMillis(10))
                .atMost(LIMIT)
                .until(() -> line.matcher(proxy.log()).find());
    }
}
