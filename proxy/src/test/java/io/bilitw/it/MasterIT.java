package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The master and its workers as processes: names, processors, supervision, signals. */
class MasterIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RedisServer redis = RedisServer.start();
    private final PoolFile alpha = PoolFile.redis().server(redis);

    @AfterEach
    void stopServer() {
        redis.close();
    }

    @Test
    void psAndTasksetShowMasterAndWorkers() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            assertThat(ProxyProcess.titleOf(proxy.pid())).isEqualTo("bilitw master");
            assertThat(proxy.workers().stream().map(ProxyProcess::titleOf))
                    .containsExactlyInAnyOrder("bilitw worker 0", "bilitw worker 1");
            for (long pid : proxy.workers()) {
                assertThat(Files.readString(Path.of("/proc/" + pid + "/comm")))
                        .isEqualTo("bilitw\n");
            }
            assertThat(processors(proxy.worker("bilitw worker 0"))).isEqualTo("0");
            assertThat(processors(proxy.worker("bilitw worker 1"))).isEqualTo("1");
            assertThat(proxy.log())
                    .contains("2 workers on processors [0, 1]")
                    .contains("worker1/worker event loop is pinned to processor 1");
            assertThat(Files.readString(proxy.pidFile())).isEqualTo(Long.toString(proxy.pid()));
        }
    }

    @Test
    void killedWorkersAreReplacedAtOnce() {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha);
                CheckedLoad load = CheckedLoad.redis(proxy.socketAddress(), 5, 100)) {
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                long killed = proxy.worker("bilitw worker " + i % 2);
                int ready = proxy.logged(" is ready after ");
                long start = System.nanoTime();
                ProxyProcess.signal("KILL", killed);
                proxy.awaitLog(" is ready after ", ready + 1);
                times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                // One that dies sooner than 2 s is replaced later and later: SlotTest.
                Awaitility.await().pollDelay(Duration.ofMillis(2100)).until(() -> true);
            }
            System.out.println("milliseconds until a killed worker is replaced: " + times);
            assertThat(median(times)).isLessThan(1000);
            assertThat(load.connects()).isPositive();
        }
    }

    @Test
    void aStartingWorkerDoesNotHoldUpItsSister() {
        List<Long> quiet = new ArrayList<>();
        List<Long> starting = new ArrayList<>();
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            for (int i = 0; i < 5; i++) {
                try (CheckedLoad load = CheckedLoad.redis(proxy.socketAddress(), 20, 400)) {
                    load.awaitRequests(1000);
                    long begin = System.nanoTime();
                    load.awaitRequests(500);
                    long killed = System.nanoTime();
                    int ready = proxy.logged(" is ready after ");
                    ProxyProcess.signal("KILL", proxy.worker("bilitw worker " + i % 2));
                    proxy.awaitLog(" is ready after ", ready + 1);
                    quiet.add(load.latencyBetween(begin, killed).p99());
                    starting.add(load.latencyBetween(killed, System.nanoTime()).p99());
                }
            }
        }
        System.out.println(
                "p99 in microseconds of a worker alone and while its sister starts: "
                        + quiet
                        + " "
                        + starting);
        // On two processors, one of which also has the servers and the load.
        assertThat(median(starting)).isLessThan(Math.max(5 * median(quiet), 50_000));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Test
    void clientsWaitingForAKilledWorkerAreServedByItsSuccessor() {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha)) {
            long worker = proxy.workers().getFirst();
            ProxyProcess.freeze(worker);
            try (RespClient waiting = proxy.client()) {
                waiting.send("PING\r\n");
                ProxyProcess.signal("KILL", worker);

                assertThat(waiting.read().toString()).contains("PONG");
            }
        }
    }

    @Test
    void aWorkerThatStandsStillIsKilledAndReplaced() {
        String limit = "global:\n  worker_timeout: 1500\n";
        try (ProxyProcess proxy =
                ProxyProcess.startFrom(ProxyProcess.packaged(), 1, limit, alpha)) {
            ProxyProcess.freeze(proxy.workers().getFirst());

            proxy.awaitLog("has stood still for 1500 ms (worker_timeout) and is killed", 1);
            proxy.awaitLog(" is ready after ", 2);
            try (RespClient client = proxy.client()) {
                assertThat(client.call("PING").toString()).contains("PONG");
            }
        }
    }

    @Test
    void signalsSetTheLogLevelReopenTheLogAndDoNoHarm() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha)) {
            for (String harmless : List.of("WINCH", "USR2", "PIPE", "ALRM", "IO")) {
                proxy.signal(harmless);
            }
            proxy.signal("TTIN");
            proxy.awaitLog("log level is 7", 1);
            proxy.awaitLog("means nothing here", 5);
            proxy.signal("TTOU");
            proxy.awaitLog("log level is 6", 1);
            Path moved = proxy.pidFile().resolveSibling("moved.log");
            Files.move(proxy.pidFile().resolveSibling("bilitw.log"), moved);
            proxy.signal("USR1");
            proxy.awaitLog("log is reopened", 1);
            // The worker reopens it a moment after the master says so.
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> {
                        try (RespClient client = proxy.client()) {
                            client.call("PING");
                        }
                        return proxy.logged("worker0/client accepted client") > 0;
                    });
            assertThat(Files.readString(moved)).contains("started on pid");
        }
    }

    @Test
    void workersEndWhenTheirMasterIsKilledAndANewOneCanStart() {
        ProxyProcess first = ProxyProcess.startWorkers(2, alpha);
        List<Long> workers = first.workers();
        first.kill();
        try (ProxyProcess second = ProxyProcess.startWorkers(2, alpha);
                RespClient client = second.client()) {
            assertThat(client.call("PING").toString()).contains("PONG");
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() ->
                            workers.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
        }
    }

    @Test
    void termStopsInUnderASecondAlsoWithRequestsOutstanding() {
        redis.freeze();
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
                RespClient client = proxy.client()) {
            client.send("GET a\r\n");
            proxy.awaitLog("connected to server", 1);
            long start = System.nanoTime();
            proxy.end("TERM");

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(1));
            assertThat(client.readToEnd()).isEmpty();
        } finally {
            redis.thaw();
        }
    }

    @Test
    void quitAnswersWhatIsOutstandingAndStops() {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
                RespClient client = proxy.client();
                RespClient idle = proxy.client()) {
            client.call("SET", "a", "1");
            redis.freeze();
            client.send("GET a\r\n");
            idle.call("PING");
            proxy.signal("QUIT");
            proxy.awaitLog("stopping when all requests are answered", 1);
            assertThat(idle.readToEnd()).isEmpty();
            redis.thaw();

            assertThat(client.read().toString()).contains("1");
            assertThat(client.readToEnd()).isEmpty();
            proxy.awaitEnd();
        }
    }

    private static String processors(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .findFirst()
                .orElseThrow();
    }
}
