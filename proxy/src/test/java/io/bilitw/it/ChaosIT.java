package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ChaosLoad;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Workers and servers are killed, stopped and started at random, and the configuration is reloaded,
 * under a load whose every answer is checked. Clients may get errors and lose connections, but
 * never another's value or a wrong one; what a server has acknowledged that stayed up is there; and
 * when it is over, all works as before.
 */
class ChaosIT {

    /** What the buffers of two workers take that nobody asks anything. */
    private static final long CALM_BUFFER_BYTES = 8 * 1024 * 1024;

    private static final Duration TIME = Duration.ofSeconds(45);
    private static final int LEAST_PAUSE_MILLIS = 100;
    private static final int PAUSE_MILLIS = 500;
    private static final int LONGEST_STOP_MILLIS = 700;

    /** A worker that dies often is replaced later and later. */
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(6);

    private final RedisServer kept = RedisServer.start();
    private final MemcachedServer keptToo = MemcachedServer.start();
    private final List<RedisServer> wild = List.of(RedisServer.start(), RedisServer.start());
    private final List<MemcachedServer> wildToo =
            List.of(MemcachedServer.start(), MemcachedServer.start());
    private final long seed = Long.getLong("bilitw.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private long killNanos = System.nanoTime();

    @AfterEach
    void stopServers() {
        kept.close();
        keptToo.close();
        wild.forEach(RedisServer::close);
        wildToo.forEach(MemcachedServer::close);
    }

    @Test
    void everyAnswerIsRightAndAllWorksAgainInTheEnd() throws InterruptedException {
        System.out.println(
                "ChaosIT seed " + seed + " (repeat with -Dbilitw.fuzz.seed=" + seed + ")");
        PoolFile alpha = PoolFile.redis().set("timeout", 3000).server(kept);
        PoolFile beta = PoolFile.memcache().named("beta").set("timeout", 3000).server(keptToo);
        PoolFile gamma = ejecting(PoolFile.redis().named("gamma"));
        wild.forEach(gamma::server);
        PoolFile delta = ejecting(PoolFile.memcache().named("delta"));
        wildToo.forEach(delta::server);
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha, beta, gamma, delta)) {
            try (ChaosLoad load = new ChaosLoad(seed)) {
                load.add(4, ProxyProcess.socketAddress(alpha), true, true);
                load.add(2, ProxyProcess.socketAddress(beta), false, true);
                load.add(4, ProxyProcess.socketAddress(gamma), true, false);
                load.add(4, ProxyProcess.socketAddress(delta), false, false);
                long end = System.nanoTime() + TIME.toNanos();
                while (System.nanoTime() < end && load.faults().isEmpty()) {
                    doHarm(proxy);
                    Thread.sleep(LEAST_PAUSE_MILLIS + random.nextInt(PAUSE_MILLIS));
                }
                assertThat(load.faults()).as("seed %d", seed).isEmpty();
                load.awaitAnswersInRow(200);
                load.end();
                assertThat(load.faults()).as("seed %d", seed).isEmpty();
                assertThat(load.fewestAnswers()).as("seed %d", seed).isGreaterThan(500);
                System.out.println("ChaosIT: " + load);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> proxy.workers().size() == 2);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> proxy.figure("", "buffer_bytes") < CALM_BUFFER_BYTES);
        }
    }

    private static PoolFile ejecting(PoolFile pool) {
        return pool.set("timeout", 300)
                .set("auto_eject_hosts", "true")
                .set("server_failure_limit", 2)
                .set("server_retry_timeout", 300);
    }

    private void doHarm(ProxyProcess proxy) throws InterruptedException {
        List<Long> workers = proxy.workers();
        switch (random.nextInt(6)) {
            case 0 -> {
                if (!workers.isEmpty() && System.nanoTime() - killNanos > 0) {
                    killNanos = System.nanoTime() + BETWEEN_KILLS.toNanos();
                    signal("KILL", workers.get(random.nextInt(workers.size())));
                }
            }
            case 1 -> {
                if (!workers.isEmpty()) {
                    long worker = workers.get(random.nextInt(workers.size()));
                    signal("STOP", worker);
                    Thread.sleep(random.nextInt(LONGEST_STOP_MILLIS));
                    signal("CONT", worker);
                }
            }
            case 2 -> proxy.signal("HUP");
            case 3 -> {
                RedisServer server = wild.get(random.nextInt(wild.size()));
                server.freeze();
                Thread.sleep(random.nextInt(LONGEST_STOP_MILLIS));
                server.thaw();
            }
            case 4 -> {
                RedisServer server = wild.get(random.nextInt(wild.size()));
                server.kill();
                Thread.sleep(random.nextInt(LONGEST_STOP_MILLIS));
                server.restart();
            }
            default -> {
                MemcachedServer server = wildToo.get(random.nextInt(wildToo.size()));
                server.kill();
                Thread.sleep(random.nextInt(LONGEST_STOP_MILLIS));
                server.restart();
            }
        }
    }

    /** Signals a process that may have ended meanwhile. */
    private static void signal(String name, long worker) {
        try {
            ProxyProcess.signal(name, worker);
        } catch (IllegalStateException _) {
            assertThat(ProcessHandle.of(worker).map(ProcessHandle::isAlive).orElse(false))
                    .isFalse();
        }
    }
}
