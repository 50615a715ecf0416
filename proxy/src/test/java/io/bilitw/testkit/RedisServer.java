package io.bilitw.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A real redis-server of the test's own, on a free loopback port or on a unix socket, with nothing
 * saved to disk.
 *
 * <p>It can be killed, frozen and started again at the same address.
 */
public final class RedisServer implements Closeable {

    private static final Duration START_LIMIT = Duration.ofSeconds(15);

    private final Path directory;
    private final int port;
    private final List<String> options;
    private ChildProcess process;

    private RedisServer(Path directory, int port, List<String> options) {
        this.directory = directory;
        this.port = port;
        this.options = options;
        process = launch();
    }

    /**
     * Starts a server on a free port; {@code options} are those of its command line: {@code
     * "--requirepass", "x"}.
     */
    public static RedisServer start(String... options) {
        return new RedisServer(
                TestFiles.createDirectory("redis"), FreePorts.next(), List.of(options));
    }

    /** Starts a server that can be reached over a unix socket only. */
    public static RedisServer onUnixSocket(String... options) {
        return new RedisServer(TestFiles.createDirectory("redis"), 0, List.of(options));
    }

    /** The address as a configuration writes it: host and port, or a path. */
    public String address() {
        return port == 0 ? unixSocket().toString() : "127.0.0.1:" + port;
    }

    /** The port, or 0 for a unix socket. */
    public int port() {
        return port;
    }

    /** Opens a direct connection. */
    public RespClient client() {
        return port == 0 ? RespClient.connect(unixSocket()) : RespClient.connect(port);
    }

    /** Asks the server directly, over a connection for this one command. */
    public Response ask(String... command) {
        try (RespClient client = client()) {
            return client.call(command);
        }
    }

    /** Dies at once, as by a crash; the kernel refuses connections from then on. */
    public void kill() {
        process.kill();
    }

    /** Stops answering, while the kernel goes on accepting connections and bytes. */
    public void freeze() {
        process.signal("STOP");
    }

    /** Goes on after {@link #freeze()}. */
    public void thaw() {
        process.signal("CONT");
    }

    /** Comes back, empty, at the same address. */
    public void restart() {
        kill();
        process = launch();
    }

    @Override
    public void close() {
        process.kill();
        TestFiles.deleteDirectory(directory);
    }

    private Path unixSocket() {
        return directory.resolve("redis.sock");
    }

    private ChildProcess launch() {
        var command =
                new ArrayList<>(
                        List.of(
                                "redis-server",
                                "--port",
                                Integer.toString(port),
                                "--save",
                                "",
                                "--bind",
                                "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString(), "--loglevel", "warning"));
        if (port == 0) {
            command.addAll(List.of("--unixsocket", unixSocket().toString()));
        }
        command.addAll(options);
        deleteOldSocket();
        ChildProcess started = ChildProcess.start(command, Map.of(), directory.resolve("output"));
        started.killUnlessDone(() -> awaitAnswer(started));
        return started;
    }

    private void awaitAnswer(ChildProcess started) {
        Awaitility.await("redis-server at " + address())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(START_LIMIT)
                .until(() -> answers(started));
    }

    private void deleteOldSocket() {
        try {
            Files.deleteIfExists(unixSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers(ChildProcess started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("redis-server ended: " + started.output());
        }
        try {
            ask("PING");
            return true; // An error is an answer too: it may want a password.
        } catch (UncheckedIOException _) {
            return false; // Not listening yet.
        }
    }
}
