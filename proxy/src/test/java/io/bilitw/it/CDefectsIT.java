package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong in the processes of the C program bilitw, and not here. The rest of it is shown
 * elsewhere:
 *
 * <ul>
 *   <li>an invalid configuration crashes the master at the start: {@code
 *       CommandIT.refusesWhatCannotBe}, and destroys the service at a reload: {@code
 *       ReloadIT.invalidFileIsRefusedWholeAndNothingChanges}
 *   <li>a mask with too few bits crashes it: {@code CommandIT.refusesWhatCannotBe}
 *   <li>a taken stats port fills the log, an unknown stats address is passed over: {@code
 *       CommandIT.doesNotStartWithoutItsStatsPort}
 *   <li>a taken listen port leaves a master without workers: {@code
 *       CommandIT.tellsInTheForegroundWhyItDoesNotStartInTheBackground}
 *   <li>nobody listens for a moment during a reload, requests under way are cut: {@code
 *       ReloadIT.tenReloadsUnderLoadOfBothProtocolsLoseNothing}
 *   <li>dead workers are not replaced: {@code MasterIT.killedWorkersAreReplacedAtOnce}
 *   <li>a killed master leaves orphans that share the port with the next one: {@code
 *       MasterIT.workersEndWhenTheirMasterIsKilledAndANewOneCanStart}
 *   <li>TERM kills the workers at once: {@code
 *       MasterIT.termStopsInUnderASecondAlsoWithRequestsOutstanding}; QUIT does nothing and
 *       disables HUP: {@code MasterIT.quitAnswersWhatIsOutstandingAndStops}
 *   <li>TTIN and TTOU reach the master only, logs cannot be reopened, SIGIO kills the master:
 *       {@code MasterIT.signalsSetTheLogLevelReopenTheLogAndDoNoHarm}
 *   <li>stats are differences, one document a worker, missing during a reload, stuck with a worker
 *       that hangs: {@code StatsIT}
 *   <li>a second reload while one is running: {@code
 *       ReloadIT.whatIsStillOutstandingIsCutAfterTheTimeAndNoSecondReloadBeginsBefore}
 * </ul>
 */
class CDefectsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

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
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HUP", "INT", "USR1", "USR2", "TTIN", "TTOU", "WINCH", "ALRM", "IO", "PIPE"})
    void aWorkerTakesNoNoticeOfTheMastersSignals(String signal) {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
                RespClient client = proxy.client()) {
            long worker = proxy.worker("bilitw worker 0");
            ProxyProcess.signal(signal, worker);

            assertThat(client.call("PING").toString()).contains("PONG");
            assertThat(client.call("SET", "a", signal).toString()).contains("OK");
            assertThat(proxy.worker("bilitw worker 0")).isEqualTo(worker);
            assertThat(proxy.logged("replacing it")).isZero();
        }
    }

    @Test
    void aWorkerThatIsToldToEndEndsInGoodOrderAndIsReplaced() {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(1, alpha);
                RespClient client = proxy.client()) {
            client.call("SET", "a", "1");
            ProxyProcess.signal("TERM", proxy.worker("bilitw worker 0"));
            assertThat(client.readToEnd()).isEmpty();

            proxy.awaitLog("ended with exit code 0; replacing it", 1);
            proxy.awaitLog(" is ready after ", 2);
            try (RespClient next = proxy.client()) {
                assertThat(next.call("GET", "a").toString()).contains("1");
            }
        }
    }

    @Test
    void aReloadBringsBackWorkersThatAreNotThere() {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            for (int i = 0; i < 2; i++) { // the second time it waits before it replaces them
                int ready = proxy.logged(" is ready after ");
                proxy.workers().forEach(worker -> ProxyProcess.signal("KILL", worker));
                if (i == 0) {
                    proxy.awaitLog(" is ready after ", ready + 2);
                }
            }
            Awaitility.await().atMost(LIMIT).until(() -> proxy.workers().isEmpty());
            proxy.signal("HUP");
            proxy.awaitLog("reload is done", 1);

            assertThat(proxy.workers()).hasSize(2);
            try (RespClient client = proxy.client()) {
                assertThat(client.call("PING").toString()).contains("PONG");
            }
            proxy.signal("HUP");
            proxy.awaitLog("reload is done", 2);
        }
    }

    @Test
    void aReloadReplacesEveryWorkerAlsoIfAllAreIdle() {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            List<Long> before = new ArrayList<>(proxy.workers());
            for (int i = 1; i <= 3; i++) {
                proxy.signal("HUP");
                proxy.awaitLog("reload is done", i);
                assertThat(proxy.workers().stream().map(ProxyProcess::titleOf))
                        .containsExactlyInAnyOrder("bilitw worker 0", "bilitw worker 1");
                assertThat(proxy.workers()).doesNotContainAnyElementsOf(before);
                before.addAll(proxy.workers());
            }
        }
    }

    @Test
    void oneUnixSocketServesAllWorkers() {
        alpha.set("listen", directory + "/alpha.sock");
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            List<RespClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(proxy.client());
                assertThat(clients.getLast().call("PING").toString()).contains("PONG");
            }
            proxy.signal("HUP");
            proxy.awaitLog("reload is done", 1);
            clients.forEach(client -> assertThat(client.call("PING").toString()).contains("PONG"));
            clients.forEach(RespClient::close);
        }
    }

    @Test
    void aNormalStartLogsNoErrorAndAStatsFileThatCannotBeWrittenIsNone() {
        String global = "global:\n  stats_duration: 1000\n  stats_file: /nodir/stats.log\n";
        try (ProxyProcess proxy =
                ProxyProcess.startFrom(ProxyProcess.packaged(), 2, global, alpha)) {
            proxy.awaitLog("cannot append to stats_file '/nodir/stats.log'", 1);
            try (RespClient client = proxy.client()) {
                assertThat(client.call("PING").toString()).contains("PONG");
            }
            assertThat(proxy.log()).doesNotContain("] error ").doesNotContain("] fatal ");
            assertThat(proxy.logged("cannot append to stats_file")).isEqualTo(1);
        }
    }

    @Test
    void aWorkerThatRunsOutOfMemoryIsReplacedAndTheOtherServesOn() {
        List<RespClient> clients = new ArrayList<>();
        try (ProxyProcess proxy = ProxyProcess.startWith("-Xms16m -Xmx24m", 2, alpha)) {
            for (int i = 0; i < 16; i++) {
                clients.add(proxy.client());
                clients.getLast().call("PING");
            }
            try (RespClient greedy = proxy.client()) {
                askForMillionKeys(greedy);
            }
            proxy.awaitLog("ended with exit code 3; replacing it", 1);
            proxy.awaitLog(" is ready after ", 3);
            long alive = clients.stream().filter(CDefectsIT::isServed).count();
            assertThat(alive).as("clients of the other worker").isBetween(1L, 15L);
        } finally {
            clients.forEach(RespClient::close);
        }
    }

    /** What is noted of the keys are arrays of some megabytes, for which there is no room. */
    private static void askForMillionKeys(RespClient greedy) {
        int keys = 1_000_000;
        try {
            greedy.send("*" + (keys + 1) + "\r\n$4\r\nMGET\r\n" + "$3\r\nabc\r\n".repeat(keys));
            greedy.read();
        } catch (RuntimeException e) {
            assertThat(e.toString()).as("the worker has ended").contains("Exception");
        }
    }

    private static boolean isServed(RespClient client) {
        try {
            return client.call("PING").toString().contains("PONG");
        } catch (RuntimeException _) {
            return false;
        }
    }
}
