package io.bilitw.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bilitw.testkit.FakeServer;
import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that take longer than {@code slow_req_duration}: the log, SLOWLOG, HTTP. */
class SlowLogIT {

    private static final JsonMapper JSON = new JsonMapper();

    /** Longer than what the pools here call slow. */
    private static final int HELD_UP_MILLIS = 150;

    private RedisServer redis;
    private RedisServer second;
    private PoolFile alpha;

    @BeforeEach
    void startServers() {
        redis = RedisServer.start();
        second = RedisServer.start();
        alpha =
                PoolFile.redis()
                        .set("timeout", 5000)
                        .set("slow_req_duration", 100)
                        .server(redis.address());
    }

    @AfterEach
    void stopServers() {
        redis.close();
        second.close();
    }

    @Test
    void slowRequestIsInTheLogInRedisAndOverHttp() throws Exception {
        PoolFile beta = PoolFile.redis().named("beta").server(second.address());
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha, beta);
                RespClient client = proxy.client();
                RespClient other = clientOf(beta)) {
            client.call("GET", "fast");
            holdUp(client, redis, "GET slowkey\r\n", 1);

            proxy.awaitLog("slow req", 1);
            MatchResult line =
                    onlyMatch(
                            proxy,
                            "warn worker[01]/slowlog slow req 1 on type: REQ_REDIS_GET, key:"
                                    + " slowkey, client: (127\\.0\\.0\\.1:\\d+), server: "
                                    + Pattern.quote(redis.address() + ":1")
                                    + ", duration: (\\d+) ms\n");
            assertThat(Long.parseLong(line.group(2))).isBetween((long) HELD_UP_MILLIS, 5000L);

            assertThat(other.call("SLOWLOG", "LEN").text()).isEqualTo(":1\r\n");
            List<String> entry = lines(other.call("SLOWLOG", "GET").text());
            assertThat(entry.subList(0, 3)).containsExactly("*1", "*6", ":1");
            assertThat(Long.parseLong(entry.get(3).substring(1)))
                    .isCloseTo(
                            TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()),
                            within(60L));
            assertThat(Long.parseLong(entry.get(4).substring(1)) / 1000)
                    .isEqualTo(Long.parseLong(line.group(2)));
            assertThat(entry)
                    .contains(
                            "GET",
                            "slowkey",
                            "(to " + redis.address() + ":1 of pool 'alpha')",
                            line.group(1));

            JsonNode slow = slowLog(proxy);
            assertThat(slow.size()).isEqualTo(1);
            assertThat(slow.get(0).get("type").asString()).isEqualTo("REQ_REDIS_GET");
            assertThat(slow.get(0).get("key").asString()).isEqualTo("slowkey");
            assertThat(slow.get(0).get("client").asString()).isEqualTo(line.group(1));
            assertThat(slow.get(0).get("pool").asString()).isEqualTo("alpha");

            assertThat(figure(proxy, "alpha")).isEqualTo(1);
            assertThat(figure(proxy, "beta")).isZero();
            assertThat(other.call("SLOWLOG", "RESET").text()).isEqualTo("+OK\r\n");
            assertThat(client.call("SLOWLOG", "LEN").text()).isEqualTo(":0\r\n");
            assertThat(client.call("SLOWLOG", "GET", "-1").text()).isEqualTo("*0\r\n");
            assertThat(slowLog(proxy).size()).isZero();
        }
    }

    @Test
    void fragmentsAreLoggedOneByOne() {
        alpha.server(second.address());
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            KeysOn keys = new KeysOn(client, List.of(redis, second));
            String one = keys.of(redis);
            String other = keys.of(second);
            String another = keys.of(second, 2).getLast();
            redis.freeze();
            holdUp(client, second, "MSET " + one + " x " + other + " x " + another + " x\r\n", 0);
            redis.thaw();
            assertThat(client.read().text()).isEqualTo("+OK\r\n");

            proxy.awaitLog("slow req", 2);
            assertThat(proxy.log())
                    .containsPattern("MSET, key: " + one + ", .*server: " + redis.address())
                    .containsPattern("MSET, key: " + other + ", .*server: " + second.address());
            assertThat(proxy.logged("slow req")).isEqualTo(2);
        }
    }

    @Test
    void keysAreEscapedAndCut() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            String evil = "a\n[2026-01-01] error \u001b[2J";
            String inQuotes = "a\\n[2026-01-01] error \\x1b[2J";
            holdUp(client, redis, "SET \"" + inQuotes + "\" x\r\n", 1);
            holdUp(client, redis, "GET " + "k".repeat(300) + "\r\n", 1);

            proxy.awaitLog("slow req", 2);
            String escaped = "a\\x0a[2026-01-01] error \\x1b[2J";
            String cut = "k".repeat(128) + "... (172 more bytes)";
            assertThat(proxy.log())
                    .contains("SET, key: " + escaped + ", client")
                    .contains("GET, key: " + cut + ", client");
            JsonNode slow = slowLog(proxy);
            assertThat(slow.get(0).get("key").asString()).isEqualTo(cut);
            assertThat(slow.get(1).get("key").asString()).isEqualTo(escaped);
            assertThat(client.call("SLOWLOG", "GET").text())
                    .contains("$" + evil.length() + "\r\n" + evil + "\r\n")
                    .contains("$" + cut.length() + "\r\n" + cut + "\r\n");
        }
    }

    @Test
    void requestsWithoutResponseAreLoggedToo() {
        try (FakeServer silent = FakeServer.silent();
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.redis()
                                        .set("timeout", 200)
                                        .set("slow_req_duration", 100)
                                        .server(silent.address()));
                RespClient client = proxy.client()) {
            assertThat(client.call("GET", "lost").text())
                    .isEqualTo("-ERR Connection timed out\r\n");

            proxy.awaitLog("slow req", 1);
            assertThat(proxy.log())
                    .containsPattern("key: lost, .* ms, failed: Connection timed out\n");
            assertThat(client.call("SLOWLOG", "GET").text())
                    .contains("of pool 'alpha', failed: Connection timed out)");
        }
    }

    @Test
    void levelOfTheLogDoesNotMatter() {
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            for (int level = 5; level >= 0; level--) {
                proxy.signal("TTOU");
                proxy.awaitLog("log level is " + level, 1);
            }
            holdUp(client, redis, "GET key\r\n", 1);
            proxy.awaitLog("slow req", 1);
        }
    }

    @Test
    void poolWithoutValueTakesTheGlobalOneAndZeroLogsNone() {
        PoolFile plain = PoolFile.redis().server(redis.address());
        PoolFile off = PoolFile.redis().named("off").set("slow_req_duration", 0);
        off.server(redis.address());
        String global = "global:\n  slow_req_duration: 100\n";
        try (ProxyProcess proxy =
                        ProxyProcess.startFrom(ProxyProcess.packaged(), 1, global, plain, off);
                RespClient client = proxy.client();
                RespClient quiet = clientOf(off)) {
            holdUp(quiet, redis, "GET unlisted\r\n", 1);
            holdUp(client, redis, "GET listed\r\n", 1);
            proxy.awaitLog("slow req", 1);
            assertThat(proxy.log()).contains("key: listed,").doesNotContain("unlisted");
        }
    }

    @Test
    void stormIsCountedAndDoesNotFloodTheLog() throws Exception {
        int requests = 2000;
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha);
                RespClient client = proxy.client()) {
            holdUp(client, redis, "GET storm\r\n".repeat(requests), requests);

            Pattern leftOut = Pattern.compile("slowlog (\\d+) more slow requests have no line");
            Awaitility.await()
                    .until(() -> leftOut(proxy, leftOut) + proxy.logged("slow req ") == requests);
            assertThat(proxy.logged("slow req ")).isBetween(10, 50); // 10 in a second
            assertThat(figure(proxy, "alpha")).isEqualTo(requests);
            assertThat(client.call("SLOWLOG", "LEN").text()).isEqualTo(":128\r\n");
            assertThat(client.call("SLOWLOG", "GET").text()).startsWith("*10\r\n");
            assertThat(client.call("SLOWLOG", "GET", "500").text())
                    .startsWith("*128\r\n*6\r\n:" + requests + "\r\n");
            assertThat(slowLog(proxy).size()).isEqualTo(128);
        }
    }

    @Test
    void outlivesWorkersAndReloads() {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            try (RespClient client = proxy.client()) {
                holdUp(client, redis, "GET before\r\n", 1);
            }
            proxy.workers().forEach(worker -> ProxyProcess.signal("KILL", worker));
            proxy.awaitLog("is ready", 4);
            proxy.signal("HUP");
            proxy.awaitLog("reload is done", 1);
            try (RespClient client = proxy.client()) {
                holdUp(client, redis, "GET after\r\n", 1);
                assertThat(client.call("SLOWLOG", "GET").text())
                        .startsWith("*2\r\n*6\r\n:2\r\n")
                        .contains("before", "after");
            }
        }
    }

    @Test
    void memcachedHasTheSame() {
        try (MemcachedServer memcached = MemcachedServer.start();
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.memcache()
                                        .set("slow_req_duration", 100)
                                        .server(memcached.address()));
                MemcacheClient client = proxy.memcacheClient()) {
            memcached.freeze();
            client.send(
                    String.join(
                            "\r\n",
                            "get slowkey",
                            "set quiet 0 0 1 noreply",
                            "x",
                            "version",
                            "mg meta v q",
                            "mn",
                            ""));
            pause();
            memcached.thaw();
            proxy.awaitLog("slow req", 4);
            assertThat(proxy.log())
                    .contains("REQ_MC_GET, key: slowkey, client: 127.0.0.1:")
                    .contains("REQ_MC_SET, key: quiet, client: 127.0.0.1:")
                    .contains("REQ_MC_VERSION, key: , client: 127.0.0.1:")
                    .contains("REQ_MC_MG, key: meta, client: 127.0.0.1:");
        }
    }

    @Test
    void refusesWhatRedisRefuses() {
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            for (String[] request :
                    List.of(
                            new String[] {"SLOWLOG", "GET", "-2"},
                            new String[] {"SLOWLOG"},
                            new String[] {"SLOWLOG", "RESET", "x"},
                            new String[] {"SLOWLOG", "GET", "1"},
                            new String[] {"SLOWLOG", "LEN"})) {
                assertThat(client.call(request)).isEqualTo(redis.ask(request));
            }
            assertThat(client.call("SLOWLOG", "HELP").text())
                    .contains("RESET: forget all of them.");
        }
    }

    /** Sends to a frozen server, and reads {@code responses} when it goes on. */
    private static void holdUp(
            RespClient client, RedisServer server, String requests, int responses) {
        server.freeze();
        client.send(requests);
        pause();
        server.thaw();
        for (int i = 0; i < responses; i++) {
            client.read();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(HELD_UP_MILLIS); // what is measured is this time
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RespClient clientOf(PoolFile pool) {
        String listen = pool.value("listen");
        int port = Integer.parseInt(listen.substring(listen.indexOf(':') + 1));
        return RespClient.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    private static MatchResult onlyMatch(ProxyProcess proxy, String pattern) {
        List<MatchResult> matches =
                Pattern.compile(pattern).matcher(proxy.log()).results().toList();
        assertThat(matches).as(proxy.log()).hasSize(1);
        return matches.getFirst();
    }

    private static long leftOut(ProxyProcess proxy, Pattern pattern) {
        return pattern.matcher(proxy.log())
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }

    private static List<String> lines(String response) {
        return response.lines().toList();
    }

    private static long figure(ProxyProcess proxy, String pool) {
        return JSON.readTree(proxy.stats()).get(pool).get("slow_requests").asLong();
    }

    private static JsonNode slowLog(ProxyProcess proxy) throws IOException {
        String address = "http://127.0.0.1:" + proxy.httpPort() + "/slowlog";
        try (var in = URI.create(address).toURL().openStream()) {
            return JSON.readTree(new String(in.readAllBytes(), ISO_8859_1));
        }
    }
}
