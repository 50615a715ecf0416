package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final int workerCount;
    private final int statsPort;
    private final int httpPort;
    private boolean isEnded;

    private ProxyProcess(Path home, String listen, String yaml, String javaOptions, int workers) {
        directory = TestFiles.createDirectory("proxy");
        this.listen = listen;
        rewrite(yaml);
        List<String> command = new ArrayList<>(command(home));
        workerCount = workers;
        command.addAll(List.of("-n", Integer.toString(workers)));
        statsPort = FreePorts.next();
        command.addAll(List.of("-a", "127.0.0.1", "-s", Integer.toString(statsPort)));
        httpPort = FreePorts.next();
        command.add("--http-port=" + httpPort);
        process =
                ChildProcess.start(
                        command,
                        Map.of("BILITW_JAVA_OPTS", JAVA_OPTIONS + " " + javaOptions),
                        directory.resolve("output"));
    }

    /** Starts the program on this pool and waits until its listen address accepts. */
    public static ProxyProcess start(PoolFile pool) {
        return start(pool, "");
    }

    /** Starts the program with more options for the JVM, which are separated by blanks. */
    public static ProxyProcess start(PoolFile pool, String javaOptions) {
        return start(packaged(), pool.value("listen"), pool.yaml(), javaOptions, 1);
    }

    /** Starts the program on these pools with more options for the JVM. */
    public static ProxyProcess startWith(String javaOptions, PoolFile... pools) {
        return start(packaged(), pools[0].value("listen"), yaml(pools), javaOptions, 1);
    }

    /** Starts the program with so many workers, and as many pools. */
    public static ProxyProcess startWorkers(int workers, PoolFile... pools) {
        return startFrom(packaged(), workers, "", pools);
    }

    /** Starts the program with more options for the JVMs of all processes. */
    public static ProxyProcess startWith(String javaOptions, int workers, PoolFile... pools) {
        return start(packaged(), pools[0].value("listen"), yaml(pools), javaOptions, workers);
    }

    /**
     * Starts the program that lies in {@code home}, with {@code more} lines at the end of the
     * configuration.
     */
    public static ProxyProcess startFrom(Path home, int workers, String more, PoolFile... pools) {
        return start(home, pools[0].value("listen"), yaml(pools) + more, "", workers);
    }

    /**
     * Starts the program with one worker, {@code global} lines at the end of the configuration, and
     * more options for the JVMs.
     */
    public static ProxyProcess startGlobal(String global, String javaOptions, PoolFile... pools) {
        return start(packaged(), pools[0].value("listen"), yaml(pools) + global, javaOptions, 1);
    }

    private static ProxyProcess start(
            Path home, String listen, String yaml, String javaOptions, int workers) {
        var proxy = new ProxyProcess(home, listen, yaml, javaOptions, workers);
        proxy.process.killUnlessDone(proxy::awaitStart);
        return proxy;
    }

    /** The directory that the build has made. */
    public static Path packaged() {
        return Path.of(System.getProperty("bilitw.home", "target/bilitw"));
    }

    /** The configuration of some pools. */
    public static String yaml(PoolFile... pools) {
        return Stream.of(pools).map(PoolFile::yaml).collect(Collectors.joining());
    }

    /** Writes another configuration, of which the program knows nothing until it is told. */
    public void rewrite(String yaml) {
        TestFiles.write(directory.resolve("bilitw.yml"), yaml);
    }

    /** Sends the master a signal by its name. */
    public void signal(String name) {
        process.signal(name);
    }

    /** Sends a signal by its name to one of the {@link #workers}. */
    public static void signal(String name, long worker) {
        ChildProcess.signal(name, worker);
    }

    /** Waits until the log tells of {@code count} events with this text. */
    public void awaitLog(String text, int count) {
        Awaitility.await(count + " times: " + text)
                .pollInterval(Duration.ofMillis(10))
                .atMost(START_LIMIT)
                .until(() -> logged(text) >= count);
    }

    /** How often the log tells of this. */
    public int logged(String text) {
        return log().split(Pattern.quote(text), -1).length - 1;
    }

    private void awaitStart() {
        Awaitility.await("proxy at " + listen)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(START_LIMIT)
                .until(this::accepts);
    }

    private List<String> command(Path home) {
        return List.of(
                home + "/bin/bilitw",
                "-c",
                directory.resolve("bilitw.yml").toString(),
                "-p",
                pidFile().toString(),
                "-v",
                "6",
                "-o",
                logFile().toString());
    }

    /** Opens a client connection to the listen address of a redis pool. */
    public RespClient client() {
        return RespClient.connect(socketAddress());
    }

    /** Opens a client connection to the listen address of a memcached pool. */
    public MemcacheClient memcacheClient() {
        return MemcacheClient.connect(socketAddress());
    }

    /** Kills the master without giving it a chance. */
    public void kill() {
        isEnded = true;
        process.kill();
        TestFiles.deleteDirectory(directory);
    }

    /** Where its first pool listens. */
    public SocketAddress socketAddress() {
        return socketAddress(listen);
    }

    /** Where a pool listens. */
    public static SocketAddress socketAddress(PoolFile pool) {
        return socketAddress(pool.value("listen"));
    }

    private static SocketAddress socketAddress(String listen) {
        if (listen.startsWith("/")) {
            int blank = listen.indexOf(' ');
            return UnixDomainSocketAddress.of(blank < 0 ? listen : listen.substring(0, blank));
        }
        String host = listen.substring(0, listen.lastIndexOf(':'));
        return new InetSocketAddress(InetAddress.ofLiteral(host), port(listen));
    }

    /** The TCP port listened on. */
    public int port() {
        return port(listen);
    }

    private static int port(String listen) {
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
        if (isEnded) {
            TestFiles.deleteDirectory(directory);
            return;
        }
        assertThat(process.isAlive()).as("the proxy is still running; log: %s", log()).isTrue();
        process.killUnlessDone(this::provokeLeakReports);
        end("TERM");
        TestFiles.deleteDirectory(directory);
    }

    /** Ends the program with a signal, and checks how it ended. */
    public void end(String signal) {
        process.signal(signal);
        awaitEnd();
    }

    /** Waits until the program has ended, and checks how it did. */
    public void awaitEnd() {
        isEnded = true;
        int exitCode = process.waitFor(STOP_LIMIT);
        String log = log();
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
        for (long worker : workers()) {
            ChildProcess.run(List.of(jcmd, Long.toString(worker), "GC.run"));
        }
        MemcacheClient.awaitAnyAnswer(socketAddress());
    }

    /** The figures, as the stats port gives them. */
    public String stats() {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), statsPort)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The figure of that name of the program, or, if {@code pool} is not empty, of that pool. */
    public long figure(String pool, String name) {
        String stats = stats();
        int from = pool.isEmpty() ? 0 : stats.indexOf("\"" + pool + "\":{");
        Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(stats);
        assertThat(from >= 0 && matcher.find(from)).as("%s of %s", name, pool).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** The port that gives out the figures. */
    public int statsPort() {
        return statsPort;
    }

    /** The port that answers HTTP. */
    public int httpPort() {
        return httpPort;
    }

    /** The pid file. */
    public Path pidFile() {
        return directory.resolve("bilitw.pid");
    }

    /** The process id of the child with this title, for example {@code bilitw worker 0}. */
    public long worker(String title) {
        return workers().stream()
                .filter(pid -> titleOf(pid).equals(title))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "no "
                                        + title
                                        + " among "
                                        + workers().stream().map(ProxyProcess::titleOf).toList()));
    }

    /** Stops a worker, and waits until each of its threads has stopped. */
    public static void freeze(long pid) {
        ChildProcess.freeze(pid);
    }

    /** Lets a process use numbers below {@code files} for its open files. */
    public static void limitFiles(long pid, int files) {
        String limit = "--nofile=" + files + ":";
        int exitCode = ChildProcess.run(List.of("prlimit", "--pid", Long.toString(pid), limit));
        assertThat(exitCode).as("prlimit %s", limit).isZero();
    }

    /** Lets a process open so many files more, and then no more. */
    public static void leaveFiles(long pid, int more) {
        Set<Integer> used;
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            used =
                    files.map(file -> Integer.valueOf(file.toFile().getName()))
                            .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int limit = 0; // of the numbers that files may have
        for (int left = more; used.contains(limit) || left > 0; limit++) {
            left -= used.contains(limit) ? 0 : 1;
        }
        limitFiles(pid, limit);
    }

    /** What ps shows of a process. */
    public static String titleOf(long pid) {
        Path line = Path.of("/proc", Long.toString(pid), "cmdline");
        return Files.exists(line) ? TestFiles.read(line).replace("\0", "") : "";
    }

    /** The process ids of the master's children. */
    public List<Long> workers() {
        return ProcessHandle.of(process.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .toList();
    }

    /** The process id of the master. */
    public long pid() {
        return process.pid();
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the proxy ended: " + log());
        }
        if (logged(" is ready after ") < workerCount) {
            return false; // the master listens, but nobody would answer yet
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
