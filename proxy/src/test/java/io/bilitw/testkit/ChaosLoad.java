package io.bilitw.testkit;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Clients that go on whatever happens, and what they have seen that may not be. */
public final class ChaosLoad implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final long seed;
    private final List<ChaosClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Makes a load without clients; {@code seed} decides what they will do. */
    public ChaosLoad(long seed) {
        this.seed = seed;
    }

    /**
     * Adds clients.
     *
     * @param isKept whether the servers behind {@code address} forget nothing
     */
    public void add(int count, SocketAddress address, boolean isRedis, boolean isKept) {
        for (int i = 0; i < count; i++) {
            String name = (isRedis ? "r" : "m") + (isKept ? "k" : "w") + clients.size();
            var client =
                    new ChaosClient(name, address, isRedis, isKept, seed * 31 + clients.size());
            clients.add(client);
            threads.add(Thread.ofPlatform().daemon().name("chaos-" + name).start(client));
        }
    }

    /** What any of them has seen that may not be. */
    public List<String> faults() {
        return clients.stream().flatMap(client -> client.faults().stream()).toList();
    }

    /** How many answers were right, of the client that got fewest. */
    public long fewestAnswers() {
        return clients.stream().mapToLong(ChaosClient::answers).min().orElse(0);
    }

    /** Waits until each client has got so many right answers in a row from now on. */
    public void awaitAnswersInRow(int count) {
        clients.forEach(ChaosClient::countAnew);
        Awaitility.await(count + " right answers in a row for each client; " + this)
                .atMost(LIMIT)
                .until(() -> clients.stream().allMatch(it -> it.answersInRow() >= count));
    }

    /** Ends all clients, each after its last answer. */
    public void end() {
        clients.forEach(ChaosClient::stop);
        try {
            for (Thread thread : threads) {
                if (!thread.join(LIMIT)) {
                    throw new AssertionError(thread.getName() + " does not end; " + this);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clients.forEach(ChaosClient::stop);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (ChaosClient client : clients) {
            text.append(client.answers()).append(" answers and ");
            text.append(client.losses()).append(" losses, ");
        }
        return text.append("faults: ").append(faults()).toString();
    }
}
