package io.bilitw.fuzz;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A redis-server or memcached of the test's own, on a unix socket in a directory of its own. */
final class RealServer implements AutoCloseable {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path directory;
    private final Process process;

    private RealServer(List<String> command) throws IOException {
        directory = Files.createTempDirectory("bilitw-seeds-");
        process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /** Starts a redis-server that asks for {@code password} unless that is empty. */
    static RealServer redis(String password) throws IOException {
        return new RealServer(
                List.of(
                        "redis-server",
                        "--port",
                        "0",
                        "--unixsocket",
                        "socket",
                        "--save",
                        "",
                        "--requirepass",
                        password));
    }

    /** Starts a memcached. */
    static RealServer memcached() throws IOException {
        return new RealServer(
                List.of("memcached", "-u", System.getProperty("user.name"), "-s", "socket"));
    }

    /** Connects to it as soon as it listens. */
    SocketChannel connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        long end = System.nanoTime() + START_NANOS;
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(address);
                return channel;
            } catch (IOException e) {
                channel.close();
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(directory.resolve("socket"));
        Files.delete(directory);
    }
}
