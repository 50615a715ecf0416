package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Load on one address: many clients at once, each of whose answers is checked byte by byte, and a
 * lost connection never goes unnoticed.
 *
 * <p>Some clients keep their connection for the whole run. They write to keys of their own and read
 * what they wrote: one by one, pipelined, with requests cut in two, or with a rest between. Besides
 * them new connections are opened all the time, used once and closed. So a test that replaces the
 * process behind the address can say that nobody noticed.
 *
 * <p>A kept client that meets a fault stops for good. Two loads on the same servers would overwrite
 * each other's keys.
 */
public final class CheckedLoad implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long STOP_MILLIS = 6_000;

    /**
     * How long single round trips took, in microseconds.
     *
     * @param p50 half took no longer
     * @param p99 99 of 100 took no longer
     * @param max none took longer
     */
    public record Latency(long p50, long p99, long max) {}

    private final LoadRun run;
    private final List<Thread> threads = new ArrayList<>();

    private CheckedLoad(SocketAddress address, LoadDialect dialect, int clients, long restNanos) {
        run = new LoadRun(address, dialect, clients, restNanos);
        for (int i = 0; i < clients; i++) {
            var client = new LoadClient(run, i);
            threads.add(start(client.name(), client));
        }
        threads.add(start("load-new", new LoadOpener(run)));
    }

    /**
     * Starts a load of redis requests on {@code address}.
     *
     * <p>Returns when each of the {@code clients} that keep their connection has been answered or
     * has met a fault: what the test does next meets connections that are in use.
     */
    public static CheckedLoad redis(SocketAddress address, int clients) {
        return new CheckedLoad(address, LoadDialect.REDIS, clients, 0).whenReady();
    }

    /**
     * Starts a load that leaves the processors some time: its kept clients together go only so many
     * rounds a second.
     *
     * <p>A load without pace always has requests under way, but its latency is mostly that of its
     * own queue, and it slows down the opening of connections. This one is for measuring. A round
     * is two requests at least, and eight times as many if they are pipelined.
     */
    public static CheckedLoad redis(SocketAddress address, int clients, int roundsPerSecond) {
        long restNanos = restNanos(clients, roundsPerSecond);
        return new CheckedLoad(address, LoadDialect.REDIS, clients, restNanos).whenReady();
    }

    /**
     * Starts a load of memcached requests on {@code address}, as {@link #redis(SocketAddress, int)}
     * does.
     */
    public static CheckedLoad memcache(SocketAddress address, int clients) {
        return new CheckedLoad(address, LoadDialect.MEMCACHE, clients, 0).whenReady();
    }

    /**
     * Starts a load of memcached requests with a pace, as {@link #redis(SocketAddress, int, int)}
     * does.
     */
    public static CheckedLoad memcache(SocketAddress address, int clients, int roundsPerSecond) {
        long restNanos = restNanos(clients, roundsPerSecond);
        return new CheckedLoad(address, LoadDialect.MEMCACHE, clients, restNanos).whenReady();
    }

    private static long restNanos(int clients, int roundsPerSecond) {
        return TimeUnit.SECONDS.toNanos(clients) / roundsPerSecond;
    }

    private static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    private CheckedLoad whenReady() {
        boolean isReady = false;
        try {
            isReady = run.ready().await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (!isReady) {
                close();
            }
        }
        if (!isReady) {
            throw new IllegalStateException("the load did not get going within " + LIMIT);
        }
        return this;
    }

    /** How many requests have been answered rightly, over all connections. */
    public long requests() {
        return run.requests().sum();
    }

    /** How many new connections have been opened, used and closed without a fault. */
    public long connects() {
        return run.connects().sum();
    }

    /**
     * The first faults, at most 50, each a sentence: who met it, when, of what kind it is, what was
     * expected and what came.
     */
    public List<String> faults() {
        return run.faults().sentences();
    }

    /** How many faults there were, also those that are not kept as sentences. */
    public long faultCount() {
        return run.faults().count();
    }

    /** How many faults of this kind there were. */
    public long faultCount(FaultKind kind) {
        return run.faults().count(kind);
    }

    /** Waits until this many requests have been answered from now on; fails at once on a fault. */
    public void awaitRequests(long more) {
        long target = requests() + more;
        Awaitility.await(more + " more requests answered")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .until(() -> faultCount() > 0 || requests() >= target);
        assertNoFault();
    }

    /**
     * Sums up the round trips that ended between these two readings of {@link System#nanoTime}.
     *
     * <p>They are those of requests sent whole and one by one; connecting is not part of them. A
     * request that is still waiting is in none. Of very long runs only the first two million are
     * known.
     *
     * @throws IllegalStateException if none ended in this time
     */
    public Latency latencyBetween(long fromNanos, long toNanos) {
        return run.samples().between(fromNanos, toNanos);
    }

    /**
     * Asserts that there was no fault and that there was load at all, in both ways.
     *
     * <p>After {@link #close} it also covers the last moments of each connection.
     */
    public void assertFlawless() {
        assertNoFault();
        assertThat(requests()).as("requests answered").isPositive();
        assertThat(connects()).as("connections opened and closed").isPositive();
    }

    private void assertNoFault() {
        if (faultCount() > 0) {
            throw new AssertionError(run.faults().toString());
        }
    }

    /**
     * Ends the load: each client goes one more round and closes its connection. What takes too long
     * is cut. Does not throw for faults.
     */
    @Override
    public void close() {
        run.stop();
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        joinUntil(deadlineNanos);
        run.faults().end();
        run.watch().cutAll();
        joinUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS));
        run.watch().close();
    }

    private void joinUntil(long deadlineNanos) {
        try {
            for (Thread thread : threads) {
                long nanos = Math.max(1, deadlineNanos - System.nanoTime());
                thread.join(Duration.ofNanos(nanos));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
