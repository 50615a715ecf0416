package io.bilitw.testkit;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A real twemproxy, {@code nutcracker}, with one pool; it renews its figures ten times a second.
 */
public final class Twemproxy implements Closeable {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final Path directory = TestFiles.createDirectory("twemproxy");
    private final int statsPort;
    private final SocketAddress address;
    private final ChildProcess process;

    private Twemproxy(PoolFile pool, int statsPort) {
        this.statsPort = statsPort;
        String listen = pool.value("listen");
        int colon = listen.lastIndexOf(':');
        address =
                new InetSocketAddress(
                        InetAddress.ofLiteral(listen.substring(0, colon)),
                        Integer.parseInt(listen.substring(colon + 1)));
        Path file = directory.resolve("nutcracker.yml");
        TestFiles.write(file, pool.yaml());
        process =
                ChildProcess.start(
                        List.of(
                                "nutcracker",
                                "-c",
                                file.toString(),
                                "-a",
                                "127.0.0.1",
                                "-s",
                                Integer.toString(statsPort),
                                "-i",
                                "100"),
                        Map.of(),
                        directory.resolve("output"));
        process.killUnlessDone(this::awaitStart);
    }

    /** Starts it and waits until it accepts clients. */
    public static Twemproxy start(PoolFile pool) {
        return start(pool, FreePorts.next());
    }

    /** Starts it with a stats port of a certain number. */
    public static Twemproxy start(PoolFile pool, int statsPort) {
        return new Twemproxy(pool, statsPort);
    }

    private void awaitStart() {
        Awaitility.await("nutcracker at " + address)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(START_LIMIT)
                .until(this::accepts);
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("nutcracker ended: " + process.output());
        }
        try (RespClient _ = RespClient.connect(address)) {
            return true;
        } catch (UncheckedIOException _) {
            return false; // Not listening yet.
        }
    }

    /** Where it listens. */
    public SocketAddress socketAddress() {
        return address;
    }

    /** The port that gives out its figures. */
    public int statsPort() {
        return statsPort;
    }

    @Override
    public void close() {
        process.kill();
        TestFiles.deleteDirectory(directory);
    }
}
