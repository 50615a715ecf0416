package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.FreePorts;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of all processes together, also when nobody reads it or its disk is full. */
class LogIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TIME = "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}] ";
    private static final Pattern LINE =
            Pattern.compile(
                    TIME
                            + "(error|warn|info|debug|trace) (?<process>worker\\d+/)?[\\w$]+"
                            + " (?<text>(?!.*"
                            + TIME
                            + ").*)");
    private static final Pattern LOST = Pattern.compile("(?<count>\\d+) log lines were lost");

    private final List<Process> started = new ArrayList<>();
    private RedisServer redis;
    private PoolFile alpha;
    private int statsPort;

    @TempDir Path directory;

    @BeforeEach
    void startServer() {
        redis = RedisServer.start();
        alpha = PoolFile.redis().server(redis.address());
        statsPort = FreePorts.next();
    }

    @AfterEach
    void endWhatStillRuns() throws InterruptedException {
        for (Process process : started) {
            process.toHandle().destroy();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        redis.close();
    }

    @Test
    void noLineOfManyProcessesIsTorn() throws Exception {
        Path log = directory.resolve("log");
        Process master = start("-n", "2", "-v", "11", "-o", log.toString());
        awaitAnswer();
        try (CheckedLoad load = CheckedLoad.redis(address(), 8, 1000)) {
            for (int i = 1; i <= 2; i++) {
                int reloads = i;
                signal("HUP", master);
                await(() -> Files.readString(log).split("reload is done", -1).length > reloads);
                load.awaitRequests(1000);
            }
            load.assertFlawless();
        }
        assertThat(stop(master)).isZero();

        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSizeGreaterThan(3000).allMatch(LogIT::isWhole);
        assertThat(lines)
                .anyMatch(line -> line.contains(" info master "))
                .anyMatch(line -> line.contains(" trace worker0/request "))
                .anyMatch(line -> line.contains(" trace worker1/request "));
    }

    @Test
    void servesOnWhileNobodyReadsItsLogAndTellsOfWhatWasLost() throws Exception {
        Process master = start("-n", "2", "-v", "11");
        awaitAnswer();
        try (CheckedLoad load = CheckedLoad.redis(address(), 8)) {
            await(() -> lost() > 0);
            long before = lost();
            long begin = System.nanoTime();
            load.awaitRequests(20_000);
            CheckedLoad.Latency latency = load.latencyBetween(begin, System.nanoTime());
            System.out.println("while nobody reads the log, microseconds: " + latency);
            assertThat(latency.p99()).isLessThan(100_000);
            await(() -> lost() > before);
            load.assertFlawless();
        }

        ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(master, lines));
        await(() -> lines.stream().mapToLong(LogIT::toldLost).sum() >= lost());

        assertThat(stop(master)).isZero();
        reader.join(LIMIT);
        assertThat(lines).allMatch(LogIT::isWhole);
        assertThat(lines) // the kernel may have given nearly all clients to one of the two
                .anyMatch(line -> line.contains(" warn worker") && toldLost(line) > 0);
    }

    @Test
    void stopsWhileNobodyReadsItsLog() throws Exception {
        Process master = start("-n", "1", "-v", "11");
        awaitAnswer();
        try (CheckedLoad _ = CheckedLoad.redis(address(), 8)) {
            await(() -> lost() > 0);
        }
        long begin = System.nanoTime();

        assertThat(stop(master)).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void servesOnWhenTheDiskOfItsLogIsFull() throws Exception {
        Process master = start("-n", "1", "-v", "11", "-o", "/dev/full");
        awaitAnswer();
        try (CheckedLoad load = CheckedLoad.redis(address(), 8)) {
            for (int i = 0; i < 2; i++) {
                long before = lost();
                load.awaitRequests(5_000);
                await(() -> lost() > before);
            }
            load.assertFlawless();
        }

        assertThat(stop(master)).isZero();
        assertThat(master.errorReader(UTF_8).lines()).as("stderr").isEmpty();
    }

    private static boolean isWhole(String line) {
        return line.startsWith("\t") || LINE.matcher(line).matches();
    }

    /** How many lost lines of a worker this line tells of. */
    private static long toldLost(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || parts.group("process") == null) {
            return 0;
        }
        Matcher told = LOST.matcher(parts.group("text"));
        return told.matches() ? Long.parseLong(told.group("count")) : 0;
    }

    private static void read(Process process, ConcurrentLinkedQueue<String> lines) {
        try (BufferedReader reader = process.errorReader(UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException _) {
            // The process has ended.
        }
    }

    private Process start(String... options) throws IOException {
        Path configuration = Files.writeString(directory.resolve("bilitw.yml"), alpha.yaml());
        List<String> command = new ArrayList<>();
        command.add(ProxyProcess.packaged() + "/bin/bilitw");
        command.addAll(List.of("-c", configuration.toString()));
        command.addAll(List.of("-a", "127.0.0.1", "-s", Integer.toString(statsPort)));
        command.add("--http-port=0");
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start(); // stderr is a pipe
        started.add(process);
        return process;
    }

    private static int stop(Process process) throws InterruptedException {
        process.toHandle().destroy(); // the other one closes the pipe as well
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private InetSocketAddress address() {
        String[] listen = alpha.value("listen").split(":", -1);
        return new InetSocketAddress(InetAddress.ofLiteral(listen[0]), Integer.parseInt(listen[1]));
    }

    private void awaitAnswer() {
        await(() -> {
            try (RespClient client = RespClient.connect(address())) {
                return client.call("PING").toString().contains("PONG");
            }
        });
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition);
    }

    private JsonNode stats() throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), statsPort)) {
            return JSON.readTree(socket.getInputStream().readAllBytes());
        }
    }

    private long lost() throws IOException {
        return stats().get("log_drops").asLong();
    }
}
