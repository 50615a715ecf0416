package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The packaged program, started as a user starts it, with Netty's leak detector looking at every
 * buffer, and with assertions and the check for buffers used after their release.
 *
 * <p>Closing it is a check of its own: it must end with exit code 0 on TERM, and neither its log
 * nor its output may tell of a leak or show a stack trace.
 */
public final class ProxyProcess implements Closeable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Pattern STACK_TRACE =
            Pattern.compile("^\\s+at \\S+\\(.*\\)$", Pattern.MULTILINE);
    private static final String JAVA_OPTIONS =
            "-Dio.netty.leakDetection.level=paranoid -Dio.netty.leakDetection.targetRecords=20"
                + " -Dio.netty.buffer.checkAccessible=true -ea -Xmx256m -XX:+StartAttachListener";

    private final Path directory;
    private final String listen;
    private final ChildProcess process;

    private ProxyProcess(Path directory, PoolFile pool, String javaOptions) {
        this.directory = directory;
        listen = pool.value("listen");
        Path file = directory.resolve("bilitw.yml");
        TestFiles.write(file, pool.yaml());
        process =
                ChildProcess.start(
                        command(file),
                        Map.of("BILITW_JAVA_OPTS", JAVA_OPTIONS + " " + javaOptions),
                        directory.resolve("output"));
    }

    /** Starts the program on this pool and waits until its listen address accepts. */
    public static ProxyProcess start(PoolFile pool) {
        return start(pool, "");
    }

    /** Starts the program with more options for the JVM, which are separated by blanks. */
    public static ProxyProcess start(PoolFile pool, String javaOptions) {
        var proxy = new ProxyProcess(TestFiles.createDirectory("proxy"), pool, javaOptions);
        proxy.process.killUnlessDone(proxy::awaitStart);
        return proxy;
    }

    private void awaitStart() {
        Awaitility.await("proxy at " + listen)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(START_LIMIT)
                .until(this::accepts);
    }

    private List<String> command(Path file) {
        String home = System.getProperty("bilitw.home", "target/bilitw");
        return List.of(
                home + "/bin/bilitw", "-c", file.toString(), "-v", "6", "-o", logFile().toString());
    }

    /** Opens a client connection to the listen address of a redis pool. */
    public RespClient client() {
        return RespClient.connect(socketAddress());
    }

    /** Opens a client connection to the listen address of a memcached pool. */
    public MemcacheClient memcacheClient() {
        return MemcacheClient.connect(socketAddress());
    }

    private SocketAddress socketAddress() {
        if (listen.startsWith("/")) {
            int blank = listen.indexOf(' ');
            return UnixDomainSocketAddress.of(blank < 0 ? listen : listen.substring(0, blank));
        }
        String host = listen.substring(0, listen.lastIndexOf(':'));
        return new InetSocketAddress(InetAddress.ofLiteral(host), port());
    }

    /** The TCP port listened on. */
    public int port() {
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    /** All that the program has logged and printed so far. */
    public String log() {
        return TestFiles.read(logFile()) + process.output();
    }

    /**
     * Stops the program with TERM and checks how it ended.
     *
     * @throws AssertionError if it leaked, failed inside, or did not end with 0
     */
    @Override
    public void close() {
        assertThat(process.isAlive()).as("the proxy is still running; log: %s", log()).isTrue();
        process.killUnlessDone(this::provokeLeakReports);
        process.signal("TERM");
        int exitCode = process.waitFor(STOP_LIMIT);
        String log = log();
        TestFiles.deleteDirectory(directory);
        assertThat(log)
                .as("log of the proxy")
                .doesNotContain("LEAK")
                .doesNotContainPattern(STACK_TRACE);
        assertThat(exitCode).as("exit code; log: %s", log).isZero();
    }

    /**
     * Makes the leak detector speak.
     *
     * <p>It learns of a lost buffer only from the garbage collector, and tells of it when the next
     * buffer is allocated: so one collection, then one more request.
     */
    private void provokeLeakReports() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        ChildProcess.run(List.of(jcmd, Long.toString(process.pid()), "GC.run"));
        MemcacheClient.awaitAnyAnswer(socketAddress());
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the proxy ended: " + log());
        }
        try (RespClient _ = client()) {
            return true;
        } catch (UncheckedIOException _) {
            return false; // Not listening yet.
        }
    }

    private Path logFile() {
        return directory.resolve("bilitw.log");
    }
}
