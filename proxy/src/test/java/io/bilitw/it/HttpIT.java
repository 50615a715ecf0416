package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.FreePorts;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.PrometheusCheck;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the master says by HTTP. */
class HttpIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    @TempDir Path directory;
    private RedisServer redis;
    private PoolFile alpha;

    @BeforeEach
    void startServer() {
        redis = RedisServer.start();
        alpha = PoolFile.redis().server(redis.address());
    }

    @AfterEach
    void stopServer() {
        redis.close();
        http.close();
    }

    @Test
    void givesMetricsOfAllWorkersTogether() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            for (int i = 0; i < 20; i++) {
                try (RespClient client = proxy.client()) {
                    client.call("GET", "key");
                }
            }
            HttpResponse<String> response = get(proxy, "/metrics");
            assertThat(response.headers().firstValue("content-type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            Map<String, Double> series = PrometheusCheck.read(response.body());
            assertThat(series)
                    .containsEntry("bilitw_requests_total{pool=\"alpha\",kind=\"get\"}", 20.0)
                    .containsEntry(
                            "bilitw_server_requests_total{pool=\"alpha\",server=\"server1\"}", 20.0)
                    .containsEntry("bilitw_request_duration_seconds_count{pool=\"alpha\"}", 20.0)
                    .containsEntry("bilitw_workers{state=\"serving\"}", 2.0)
                    .containsKeys(
                            "bilitw_worker_heartbeat_age_seconds{worker=\"0\"}",
                            "bilitw_worker_heartbeat_age_seconds{worker=\"1\"}");
        }
    }

    @Test
    void givesFiguresConfigurationAndHistoryAsJson() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(alpha)) {
            assertThat(json(proxy, "/stats").get("alpha").has("server1")).isTrue();
            JsonNode config = json(proxy, "/config").get("pools").get("alpha");
            assertThat(config.get("timeout").asInt()).isZero();
            assertThat(config.get("servers").get(0).asString()).endsWith(":1 server1");
            try (CheckedLoad load = CheckedLoad.redis(proxy.socketAddress(), 2)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> lastRate(json(proxy, "/history")) > 0);
                JsonNode all = json(proxy, "/history");
                long last = all.get("millis").get(all.get("millis").size() - 1).asLong();
                JsonNode more = json(proxy, "/history?since=" + last);
                assertThat(more.get("millis").size()).isLessThan(all.get("millis").size());
                assertThat(all.get("pools").get("alpha").get("p99_us").size())
                        .isEqualTo(all.get("millis").size());
                load.assertFlawless();
            }
            proxy.rewrite(alpha.set("redis_auth", "sesame").yaml());
            proxy.signal("HUP");
            proxy.awaitLog("reload is done", 1);
            assertThat(get(proxy, "/config").body())
                    .contains("\"redis_auth\":\"***\"")
                    .doesNotContain("sesame");
        }
    }

    private static double lastRate(JsonNode history) {
        JsonNode rates = history.at("/pools/alpha/requests_per_second");
        return rates.isEmpty() ? 0 : rates.get(rates.size() - 1).asDouble();
    }

    @Test
    void answersOnlyWhatIsThereAndOnlyToReaders() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(alpha)) {
            for (String path : List.of("/nothing", "/metrics/", "/stats%20")) {
                assertThat(get(proxy, path).statusCode()).as(path).isEqualTo(404);
            }
            HttpRequest post =
                    request(proxy, "/metrics").POST(BodyPublishers.ofString("x=1")).build();
            HttpResponse<String> refused = http.send(post, BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("allow")).hasValue("GET, HEAD");

            HttpRequest head =
                    request(proxy, "/metrics").method("HEAD", BodyPublishers.noBody()).build();
            HttpResponse<String> only = http.send(head, BodyHandlers.ofString());
            assertThat(only.statusCode()).isEqualTo(200);
            assertThat(only.body()).isEmpty();
            assertThat(only.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(only.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(get(proxy, "/").headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(it ->
                            assertThat(it).startsWith("default-src 'none'").contains("'sha256-"));
            assertThat(raw(proxy, "nonsense\r\n\r\n")).isEqualTo("HTTP/1.1 400");
            assertThat(raw(proxy, "GET / HTTP/1.1\r\nx: " + "y".repeat(20_000) + "\r\n\r\n"))
                    .isNotEqualTo("HTTP/1.1 200");
            assertThat(get(proxy, "/health").body()).isEqualTo("ok\n");
        }
    }

    @Test
    void connectionGoesOnAfterAnAnswer() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                Socket socket = connect(proxy)) {
            byte[] request = "HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            for (int i = 0; i < 5; i++) {
                socket.getOutputStream().write(request);
                assertThat(in.readLine()).as("answer %d", i).isEqualTo("HTTP/1.1 200 OK");
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
            }
        }
    }

    @Test
    void compressesForThoseWhoUnderstandIt() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(alpha)) {
            HttpRequest request =
                    request(proxy, "/metrics").header("Accept-Encoding", "deflate, gzip").build();
            var response = http.send(request, BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
            try (var body = new GZIPInputStream(response.body())) {
                assertThat(PrometheusCheck.read(new String(body.readAllBytes(), UTF_8)))
                        .containsKey("bilitw_uptime_seconds");
            }
        }
    }

    @Test
    void tellsWhetherItIsReady() throws Exception {
        alpha.set("auto_eject_hosts", "true").set("server_failure_limit", 1);
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha)) {
            assertThat(get(proxy, "/ready").body()).isEqualTo("ready\n");
            long worker = proxy.workers().getFirst();
            ProxyProcess.signal("KILL", worker);
            awaitReady(proxy, 503, "worker 0 is missing\n");
            awaitReady(proxy, 200, "ready\n");

            redis.kill();
            try (RespClient client = proxy.client()) {
                client.call("GET", "key");
                awaitReady(proxy, 503, "pool 'alpha' has no server\n");
                assertThat(get(proxy, "/health").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void isNotReadyWhileItStarts() throws Exception {
        int port = FreePorts.next();
        InetAddress host = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket full = new ServerSocket(FreePorts.next(), 1, host);
                Socket first = new Socket(host, full.getLocalPort());
                Socket second = new Socket(host, full.getLocalPort())) {
            // the kernel lets nobody else in, so the worker waits for its server as long as it may
            alpha = PoolFile.redis().server("127.0.0.1:" + full.getLocalPort());
            Path file = directory.resolve("bilitw.yml");
            Files.writeString(file, alpha.set("preconnect", "true").yaml());
            Process process =
                    new ProcessBuilder(
                                    ProxyProcess.packaged() + "/bin/bilitw",
                                    "-n1",
                                    "-c" + file,
                                    "-o" + directory.resolve("log"),
                                    "-s" + FreePorts.next(),
                                    "--http-port=" + port)
                            .start();
            try {
                URI ready = URI.create("http://127.0.0.1:" + port + "/ready");
                awaitReady(ready, 503, "starting\n");
                awaitReady(ready, 200, "ready\n");
                assertThat(first.isConnected() && second.isConnected()).isTrue();
            } finally {
                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void isNotReadyWhileItDrains() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(alpha);
                RespClient client = proxy.client()) {
            client.call("GET", "key");
            redis.freeze();
            client.send("GET key\r\n");
            Awaitility.await().until(() -> proxy.stats().contains("\"out_queue\":1"));
            proxy.signal("QUIT");
            awaitReady(proxy, 503, "draining\n");
            redis.thaw();
            proxy.awaitEnd();
        }
    }

    private void awaitReady(ProxyProcess proxy, int status, String line) {
        awaitReady(URI.create("http://127.0.0.1:" + proxy.httpPort() + "/ready"), status, line);
    }

    private void awaitReady(URI ready, int status, String line) {
        Awaitility.await(line)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(IOException.class) // the port is only taken at first
                .until(() -> {
                    HttpResponse<String> response =
                            http.send(
                                    HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
                    return response.statusCode() == status && response.body().equals(line);
                });
    }

    @Test
    void answersDuringAReload() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha);
                CheckedLoad load = CheckedLoad.redis(proxy.socketAddress(), 4)) {
            proxy.signal("HUP");
            double before = 0;
            while (proxy.logged("reload is done") == 0) {
                assertThat(get(proxy, "/ready").body()).isEqualTo("ready\n");
                Map<String, Double> series = PrometheusCheck.read(get(proxy, "/metrics").body());
                double count =
                        series.getOrDefault(
                                "bilitw_request_duration_seconds_count{pool=\"alpha\"}", -1.0);
                assertThat(count).isGreaterThanOrEqualTo(before);
                before = count;
            }
            assertThat(get(proxy, "/metrics").body()).contains("\nbilitw_reloads_total 1\n");
            load.assertFlawless();
        }
    }

    @Test
    void slowReadersKeepNobodyWaitingAndFitIntoASmallHeap() throws Exception {
        PoolFile[] pools = new PoolFile[64];
        for (int i = 0; i < pools.length; i++) {
            pools[i] = PoolFile.redis().named("pool-" + i).set("listen", directory + "/" + i);
            for (int j = 0; j < 64; j++) {
                pools[i].server(redis.address(), "server-" + j);
            }
        }
        List<Socket> slow = new ArrayList<>();
        try (ProxyProcess proxy = ProxyProcess.startWith("-Xmx64m", pools)) {
            for (int i = 0; i < 20; i++) {
                Socket socket = connect(proxy);
                slow.add(socket);
                socket.getOutputStream()
                        .write(
                                (i % 2 == 0 ? "GET /metrics HTTP/1.1\r\n\r\n" : "GET /met")
                                        .getBytes(UTF_8));
            }
            long start = System.nanoTime();
            String metrics = get(proxy, "/metrics").body();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            System.out.println(
                    metrics.length()
                            + " bytes of metrics of 64 x 64 servers behind 20 slow readers took "
                            + millis
                            + " ms");
            assertThat(PrometheusCheck.read(metrics).size()).isGreaterThan(64 * 64 * 30);
            assertThat(millis).isLessThan(15_000);
            assertThat(json(proxy, "/stats").get("pool-63").has("server-63")).isTrue();
            for (Socket socket : slow) {
                Awaitility.await("the slow are given up")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> !isOpen(proxy, socket));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Tells whether the master has still got its end of the connection, by proc_net(5). */
    private static boolean isOpen(ProxyProcess proxy, Socket socket) throws IOException {
        String ends =
                "0100007F:%04X 0100007F:%04X 01".formatted(proxy.httpPort(), socket.getLocalPort());
        return Files.readString(Path.of("/proc/net/tcp")).contains(ends);
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(alpha)) {
            Path log = directory.resolve("log");
            Path file = directory.resolve("bilitw.yml");
            Files.writeString(file, PoolFile.redis().server("127.0.0.1:1").yaml());
            Process second =
                    new ProcessBuilder(
                                    ProxyProcess.packaged() + "/bin/bilitw",
                                    "-c",
                                    file.toString(),
                                    "-n",
                                    "1",
                                    "-s",
                                    Integer.toString(FreePorts.next()),
                                    "--http-port=" + proxy.httpPort())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(Files.readString(log))
                    .contains(
                            "cannot listen on HTTP port 127.0.0.1:"
                                    + proxy.httpPort()
                                    + " (--http-addr, --http-port): Address already in use\n")
                    .doesNotContain("started worker", "\tat ");
        }
    }

    private static String raw(ProxyProcess proxy, String request) throws IOException {
        try (Socket socket = connect(proxy)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readNBytes(12), UTF_8);
        } catch (SocketException _) {
            return "";
        }
    }

    private static Socket connect(ProxyProcess proxy) throws IOException {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.httpPort());
    }

    private JsonNode json(ProxyProcess proxy, String path) throws Exception {
        return JSON.readTree(get(proxy, path).body());
    }

    private HttpResponse<String> get(ProxyProcess proxy, String path) throws Exception {
        return http.send(request(proxy, path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(ProxyProcess proxy, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.httpPort() + path))
                .timeout(Duration.ofSeconds(20));
    }
}
