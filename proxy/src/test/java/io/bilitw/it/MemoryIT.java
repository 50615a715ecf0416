package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker keeps to its memory, whatever clients do: senders wait, and nothing is lost. */
class MemoryIT {

    private static final int MEGABYTE = 1024 * 1024;

    private static final int MAX_MEGABYTES = 256;

    /** What the configuration leaves for buffers of that. */
    private static final int BUFFER_MEGABYTES = 128;

    /** The worker's own heap, and no detector that keeps records. */
    private static final String AS_SHIPPED = "-Xmx64m -Dio.netty.leakDetection.level=disabled";

    /** Half of a heap of 32 MB, by 4 KB for each. */
    private static final int CLIENTS_OF_SMALL_HEAP = 4096;

    private static final int SLOW_SENDERS = 5000;

    private static final String VALUE = "v".repeat(MEGABYTE);

    private static final String GET_LARGE = "*2\r\n$3\r\nGET\r\n$5\r\nlarge\r\n";

    private static final String IS_CLOSED = "is closed, as memory is short (max_memory)";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RedisServer redis = RedisServer.start();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong greatestKilobytes = new AtomicLong();
    private final List<RespClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(RespClient::close);
        watch.shutdownNow();
        redis.close();
    }

    @Test
    void whoNeverReadsIsCutBeforeMemoryIsUsedUpAndOthersAreServed() {
        try (ProxyProcess proxy = start("", AS_SHIPPED);
                RespClient checked = proxy.client()) {
            checked.call("SET", "large", VALUE);
            for (int i = 0; i < 20; i++) { // 400 MB of answers
                client(proxy).send(GET_LARGE.repeat(20));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(checked.call("SET", "key", "v" + i).text()).isEqualTo("+OK\r\n");
                assertThat(checked.call("GET", "key").value()).isEqualTo("v" + i);
            }
            proxy.awaitLog(IS_CLOSED, 1);
            assertThat(proxy.log())
                    .containsPattern(
                            "client 127\\.0\\.0\\.1:\\d+ of pool 'alpha' "
                                    + Pattern.quote(IS_CLOSED));
            clients.forEach(RespClient::close);
            awaitMemoryBack(proxy);
            assertThat(VALUE.equals(checked.call("GET", "large").value())).isTrue();
            assertKeptWithinLimit();
        }
    }

    @Test
    void readersThatAreSlowerThanServersLoseNothing() throws Exception {
        try (ProxyProcess proxy = start("", AS_SHIPPED);
                ExecutorService readers = Executors.newCachedThreadPool()) {
            client(proxy).call("SET", "large", VALUE);
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RespClient client = client(proxy);
                client.send(GET_LARGE.repeat(20));
                counts.add(readers.submit(() -> readSlowly(client, 20)));
            }
            for (Future<Integer> count : counts) {
                assertThat(count.get(1, TimeUnit.MINUTES)).isEqualTo(20);
            }
            assertThat(proxy.figure("alpha", "client_pauses")).isPositive();
            assertThat(proxy.figure("alpha", "client_shed")).isZero();
            assertKeptWithinLimit();
        }
    }

    private static int readSlowly(RespClient client, int count) throws InterruptedException {
        int right = 0;
        for (int i = 0; i < count; i++) {
            right += VALUE.equals(client.read().value()) ? 1 : 0;
            Thread.sleep(20);
        }
        return right;
    }

    @Test
    void longRequestsThatDoNotAllFitAreFinishedOneAfterTheOther() throws Exception {
        String value = "x".repeat(3 * MEGABYTE);
        try (ProxyProcess proxy = start("", AS_SHIPPED);
                ExecutorService senders = Executors.newCachedThreadPool()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 80; i++) { // 240 MB of requests
                String key = "key" + i;
                RespClient client = client(proxy);
                answers.add(senders.submit(() -> client.call("SET", key, value).text()));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo("+OK\r\n");
            }
            assertThat(proxy.figure("alpha", "client_shed")).isZero();
            assertKeptWithinLimit();
        }
    }

    @Test
    void requestsForServerThatStandsStillWaitAndOtherServersServe() throws Exception {
        try (RedisServer another = RedisServer.start()) {
            PoolFile beta = PoolFile.redis().named("beta").server(another);
            try (ProxyProcess proxy = start("", AS_SHIPPED, beta);
                    RespClient other = RespClient.connect(ProxyProcess.socketAddress(beta))) {
                requestsWaitAndNothingIsLost(proxy, other);
            }
        }
    }

    private void requestsWaitAndNothingIsLost(ProxyProcess proxy, RespClient other)
            throws Exception {
        try (ExecutorService senders = Executors.newCachedThreadPool()) {
            assertThat(other.call("PING").text()).isEqualTo("+PONG\r\n");
            redis.freeze();
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                RespClient client = client(proxy);
                answers.add(senders.submit(() -> client.call("SET", "key", VALUE).text()));
            }
            await().atMost(LIMIT).until(() -> proxy.figure("alpha", "client_pauses") > 0);
            for (int i = 0; i < 200; i++) {
                assertThat(other.call("SET", "key", "v" + i).text()).isEqualTo("+OK\r\n");
            }
            redis.thaw();
            for (Future<String> answer : answers) {
                assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo("+OK\r\n");
            }
            assertThat(proxy.figure("alpha", "client_shed")).isZero();
            assertKeptWithinLimit();
        }
    }

    @Test
    void cheapRequestsForLongAnswersAreNotAnsweredBeforeTheirTurn() {
        try (ProxyProcess proxy = start("", AS_SHIPPED);
                RespClient checked = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                client(proxy).send("COMMAND\r\n".repeat(2000)); // 20 KB for tens of megabytes
            }
            for (int i = 0; i < 200; i++) {
                assertThat(checked.call("SET", "key", "v" + i).text()).isEqualTo("+OK\r\n");
            }
            clients.forEach(RespClient::close);
            awaitMemoryBack(proxy);
            assertKeptWithinLimit();
        }
    }

    @Test
    void whoTakesNothingForLongIsCutOnlyWhenMemoryIsShort() {
        try (ProxyProcess proxy = start("  client_output_timeout: 500\n", AS_SHIPPED);
                RespClient checked = proxy.client()) {
            checked.call("SET", "large", VALUE);
            client(proxy).send(GET_LARGE.repeat(20));
            await().pollDelay(Duration.ofSeconds(2))
                    .until(() -> proxy.figure("alpha", "client_connections") == 2);
            client(proxy).send(GET_LARGE.repeat(75)); // too much with the other's
            proxy.awaitLog(IS_CLOSED, 2);
            assertThat(proxy.figure("alpha", "client_connections")).isEqualTo(1);
            assertThat(proxy.log())
                    .containsPattern("has taken none for [5-9]\\d\\d ms|none for \\d{4} ms");
            assertThat(VALUE.equals(checked.call("GET", "large").value())).isTrue();
        }
    }

    @Test
    void refusesClientsForWhomTheHeapHasNoRoom() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try (ProxyProcess proxy = start("", AS_SHIPPED + " -Xmx32m");
                RespClient first = proxy.client()) {
            assertThat(first.call("SET", "key", "value").text()).isEqualTo("+OK\r\n");
            for (int i = 1; i < CLIENTS_OF_SMALL_HEAP; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
            }
            try (RespClient tooMany = proxy.client()) {
                assertThat(tooMany.readToEnd()).isEqualTo("-ERR max number of clients reached\r\n");
            }
            assertThat(proxy.log()).contains("max_memory has no room for more than there are");
            assertThat(first.call("GET", "key").value()).isEqualTo("value");
            assertKeptWithinLimit();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void whoSendsSlowlyHoldsFewHundredBytes() throws IOException {
        byte[] beginning =
                Resp.bytes("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$1000000\r\n" + "x".repeat(60));
        List<Socket> sockets = new ArrayList<>();
        try (ProxyProcess proxy = start("", AS_SHIPPED);
                RespClient client = proxy.client()) {
            assertThat(client.call("SET", "key", "value").text()).isEqualTo("+OK\r\n");
            long before = proxy.figure("", "buffer_bytes");
            for (int i = 0; i < SLOW_SENDERS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                sockets.add(socket);
                socket.getOutputStream().write(beginning);
            }
            await().atMost(LIMIT)
                    .until(() -> proxy.figure("", "buffer_bytes") >= before + SLOW_SENDERS * 100L);
            assertThat(client.call("GET", "key").value()).isEqualTo("value");
            assertThat(proxy.figure("alpha", "client_connections")).isEqualTo(SLOW_SENDERS + 1);
            long each = (proxy.figure("", "buffer_bytes") - before) / SLOW_SENDERS;
            assertThat(each).isBetween(100L, 500L);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void refusesRequestsThatAreTooLong() {
        try (MemcachedServer memcached = MemcachedServer.start()) {
            PoolFile beta = PoolFile.memcache().named("beta").server(memcached);
            try (ProxyProcess proxy = start("  max_request_size: 10kb\n", "", beta);
                    RespClient client = client(proxy);
                    MemcacheClient other =
                            MemcacheClient.connect(ProxyProcess.socketAddress(beta))) {
                assertThat(client.call("SET", "key", "x".repeat(10_000)).text())
                        .isEqualTo("+OK\r\n");
                client.send(Resp.request("SET", "key", "x".repeat(10_240)));
                assertThat(client.readToEnd())
                        .isEqualTo(
                                "-ERR Protocol error: request is larger than max_request_size,"
                                        + " 10240 bytes\r\n");
                other.send("set key 0 0 1000000\r\nonly the beginning");
                assertThat(other.readToEnd())
                        .isEqualTo(
                                "SERVER_ERROR request is larger than max_request_size, 10240"
                                        + " bytes\r\n");
            }
        }
    }

    private ProxyProcess start(String global, String javaOptions, PoolFile... more) {
        Stream<PoolFile> alpha = Stream.of(PoolFile.redis().server(redis));
        PoolFile[] pools = Stream.concat(alpha, Stream.of(more)).toArray(PoolFile[]::new);
        ProxyProcess proxy =
                ProxyProcess.startGlobal(
                        "global:\n  max_memory: " + MAX_MEGABYTES + "mb\n" + global,
                        javaOptions,
                        pools);
        long worker = proxy.workers().getFirst();
        watch.scheduleWithFixedDelay(() -> look(worker), 0, 20, TimeUnit.MILLISECONDS);
        return proxy;
    }

    private RespClient client(ProxyProcess proxy) {
        RespClient client = proxy.client();
        clients.add(client);
        return client;
    }

    /** Notes how much memory the process has now. */
    private void look(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .forEach(kilobytes -> greatestKilobytes.accumulateAndGet(kilobytes, Math::max));
        } catch (IOException | UncheckedIOException e) {
            watch.shutdown(); // the process has ended
        }
    }

    private void assertKeptWithinLimit() {
        assertThat(greatestKilobytes.get() / 1024).isBetween(1L, (long) MAX_MEGABYTES);
    }

    private static void awaitMemoryBack(ProxyProcess proxy) {
        long limit = proxy.figure("", "buffer_limit_bytes");
        assertThat(limit).isEqualTo((long) BUFFER_MEGABYTES * MEGABYTE);
        await().atMost(LIMIT).until(() -> proxy.figure("", "buffer_bytes") < limit / 4);
    }
}
