package io.bilitw.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A real server of the test's own, on a free loopback port or on a unix socket, with nothing saved
 * to disk.
 *
 * <p>It can be killed, frozen and started again at the same address.
 *
 * @param <C> the client that speaks its protocol
 */
public abstract sealed class CacheServer<C extends CacheClient<?>> implements Closeable
        permits RedisServer, MemcachedServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(15);

    private final Path directory = TestFiles.createDirectory("server");
    private final int port;
    private final List<String> options;
    private ChildProcess process;

    /** Starts the server on {@code port}, or on a unix socket if that is 0. */
    CacheServer(int port, List<String> options) {
        this.port = port;
        this.options = options;
        process = launch();
    }

    /**
     * The program and what it is always told: to listen on {@code port} of 127.0.0.1, or on {@code
     * unixSocket} alone if that is 0.
     */
    abstract List<String> command(int port, Path unixSocket);

    /** Opens a direct connection. */
    public final C client() {
        return connect(socketAddress());
    }

    abstract C connect(SocketAddress address);

    /** The address as a configuration writes it: host and port, or a path. */
    public final String address() {
        return port == 0 ? unixSocket().toString() : "127.0.0.1:" + port;
    }

    /** The port, or 0 for a unix socket. */
    public final int port() {
        return port;
    }

    /** Forgets all keys. */
    public final void flush() {
        try (C client = client()) {
            client.flush();
        }
    }

    /** Dies at once, as by a crash; the kernel refuses connections from then on. */
    public final void kill() {
        process.kill();
    }

    /** Stops answering, while the kernel goes on accepting connections and bytes. */
    public final void freeze() {
        ChildProcess.freeze(process.pid());
    }

    /** Goes on after {@link #freeze()}. */
    public final void thaw() {
        process.signal("CONT");
    }

    /** Comes back, empty, at the same address. */
    public final void restart() {
        kill();
        process = launch();
    }

    @Override
    public final void close() {
        process.kill();
        TestFiles.deleteDirectory(directory);
    }

    private Path unixSocket() {
        return directory.resolve("socket");
    }

    private SocketAddress socketAddress() {
        return port == 0
                ? UnixDomainSocketAddress.of(unixSocket())
                : new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private ChildProcess launch() {
        var command = new ArrayList<>(command(port, unixSocket()));
        command.addAll(options);
        deleteOldSocket();
        ChildProcess started = ChildProcess.start(command, Map.of(), directory.resolve("output"));
        started.killUnlessDone(() -> awaitAnswer(started, command.getFirst()));
        return started;
    }

    private void deleteOldSocket() {
        try {
            Files.deleteIfExists(unixSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(ChildProcess started, String program) {
        Awaitility.await(program + " at " + address())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(START_LIMIT)
                .until(() -> answers(started, program));
    }

    private boolean answers(ChildProcess started, String program) {
        if (!started.isAlive()) {
            throw new IllegalStateException(program + " ended: " + started.output());
        }
        try {
            MemcacheClient.awaitAnyAnswer(socketAddress());
            return true;
        } catch (UncheckedIOException _) {
            return false; // Not listening yet.
        }
    }
}
