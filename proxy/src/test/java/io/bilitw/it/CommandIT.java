package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FreePorts;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RespClient;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line does to the process: background, pid file, service manager, reload. */
class CommandIT {

    private static final int LIMIT_SECONDS = 20;

    private final PoolFile alpha = PoolFile.redis().server("127.0.0.1:1");
    private final List<Process> started = new ArrayList<>();
    private long daemon;

    @TempDir Path directory;

    @AfterEach
    void endWhatStillRuns() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            process.waitFor();
        }
        ProcessHandle.of(daemon).filter(_ -> daemon != 0).ifPresent(ProcessHandle::destroy);
    }

    @Test
    void runsInTheBackgroundAndStopsOnASignal() throws Exception {
        assertThat(exitCode(start("-d", "-p", pidFile()))).isZero();

        assertThat(said()).isEmpty();
        daemon = Long.parseLong(Files.readString(Path.of(pidFile())));
        ProcessHandle process = ProcessHandle.of(daemon).orElseThrow();
        assertThat(ProxyProcess.titleOf(daemon)).isEqualTo("bilitw master");
        String[] stat = Files.readString(Path.of("/proc/" + daemon + "/stat")).split(" ", -1);
        assertThat(stat[5]).as("leader of its session").isEqualTo(Long.toString(daemon));
        process.destroy();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !process.isAlive());
        assertThat(Path.of(pidFile())).doesNotExist();
    }

    @Test
    void tellsInTheForegroundWhyItDoesNotStartInTheBackground() throws Exception {
        Process first = start("-n", "1");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> said().contains("is ready"));

        assertThat(exitCode(start("-d", "-p", pidFile()))).isEqualTo(1);

        assertThat(said())
                .endsWith(
                        "bilitw: pool 'alpha' cannot listen on '"
                                + alpha.value("listen")
                                + "': Address already in use\n");
        assertThat(Path.of(pidFile())).doesNotExist();
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void doesNotStartWithoutItsStatsPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(exitCode(start("-d", "-s", port))).isEqualTo(1);

            assertThat(said())
                    .endsWith(
                            "bilitw: cannot listen on stats port 127.0.0.1:"
                                    + port
                                    + " (-a, -s): Address already in use\n");
        }
        assertThat(exitCode(start("-a", "no.such.host.invalid"))).isEqualTo(1);

        assertThat(said()).endsWith("stats address 'no.such.host.invalid' is not known\n");
    }

    @Test
    void servesAndReloadsAlsoWhenItsLogIsOnAFullDisk() throws Exception {
        start("-n", "1", "-o", "/dev/full", "-p", pidFile());
        awaitAnswer();
        Process reload = run("reload", "-p", pidFile());

        assertThat(exitCode(reload)).isZero();
        awaitAnswer();
    }

    @Test
    void startsAWorkerForEachProcessorItMayUse() throws Exception {
        ProcessBuilder builder = builder("-p", pidFile());
        builder.command().addAll(0, List.of("taskset", "-c", "1"));
        started.add(builder.start());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> said().contains("started worker"));

        assertThat(said()).contains("1 workers on processors [1]");
    }

    @Test
    void startsWithoutAnHttpPortThatNobodyAskedForIfItIsTaken() throws Exception {
        int stats = FreePorts.next();
        InetAddress host = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket taken = new ServerSocket(stats + 1, 1, host)) {
            ProcessBuilder builder = builder("-n", "1", "-s" + stats);
            builder.command().removeIf(word -> word.startsWith("--http-port"));
            started.add(builder.start());
            awaitAnswer();

            assertThat(said())
                    .contains(
                            taken.getLocalPort()
                                    + " (--http-addr, --http-port): Address already in use; going"
                                    + " on without");
        }
    }

    private void awaitAnswer() {
        int port = Integer.parseInt(alpha.value("listen").split(":", -1)[1]);
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> {
                    try (RespClient client = RespClient.connect(address)) {
                        return client.call("PING").toString().contains("PONG");
                    }
                });
    }

    @Test
    void refusesToBeASecondInstance() throws Exception {
        Process first = start("-n", "1", "-p", pidFile());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> said().contains("is ready"));

        assertThat(exitCode(start("-n", "1", "-p", pidFile()))).isEqualTo(1);

        assertThat(said())
                .contains(
                        "opening pid file '"
                                + pidFile()
                                + "' failed: another instance has it, with process id "
                                + first.pid());
        assertThat(Files.readString(Path.of(pidFile()))).isEqualTo(Long.toString(first.pid()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    -n 0      | option -n requires a non-zero number
                    -n 999999 | bilitw worker process number should be between 1 and
                    -M 0      | option -M requires a non-zero number
                    -n 2 -M 1 | option -M value 1 names 1 processors (expected: one for each of 2 workers)
                    -p /no/p  | opening pid file '/no/p' failed:
                    -c /no/c  | cannot be read:
                    -o /no/o  | opening log file '/no/o' failed:
                    """)
    void refusesWhatCannotBe(String words, String sentence) throws Exception {
        assertThat(exitCode(start(words.split(" ", -1)))).isEqualTo(1);

        assertThat(said()).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void tellsTheServiceManagerHowFarItIs() throws Exception {
        Path socket = directory.resolve("notify");
        Path heard = directory.resolve("heard");
        Process manager =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                "-c",
                                """
                                import socket, sys
                                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                                s.bind(sys.argv[1])
                                while True:
                                    open(sys.argv[2], 'ab').write(s.recv(4096) + b'\\n')
                                """,
                                socket.toString(),
                                heard.toString())
                        .start();
        started.add(manager);
        Awaitility.await().until(() -> Files.exists(socket));
        ProcessBuilder builder = builder("-n", "1");
        builder.environment().put("NOTIFY_SOCKET", socket.toString());
        Process process = builder.start();
        started.add(process);
        awaitText(heard, "READY=1");

        signal("HUP", process);
        awaitText(heard, "RELOADING=1\nMONOTONIC_USEC=");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(heard).split("READY=1", -1).length == 3);
        signal("TERM", process);

        awaitText(heard, "STOPPING=1");
        assertThat(exitCode(process)).isZero();
    }

    @Test
    void reloadCommandSaysWhatChangesAndHowItEnds() throws Exception {
        start("-n", "1", "-p", pidFile());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> said().contains("is ready"));
        Files.writeString(configuration(), alpha.set("timeout", 250).yaml());

        Process done = run("reload", "-p", pidFile());

        assertThat(errors(done).lines())
                .containsExactly(
                        "pool 'alpha' timeout: 0 -> 250",
                        "new workers serve; clients move to them",
                        "done");
        assertThat(exitCode(done)).isZero();

        Files.writeString(configuration(), alpha.set("hush", "md5").yaml());
        Process refused = run("reload", "-p", pidFile());
        assertThat(errors(refused))
                .contains("unknown key 'hush'")
                .endsWith("failed, all goes on as before: the configuration is invalid\nfailed\n");
        assertThat(exitCode(refused)).isEqualTo(1);
    }

    @Test
    void reloadsAlsoWhenStartedByNohup() throws Exception {
        ProcessBuilder builder = builder("-n", "1");
        builder.command().addFirst("nohup");
        Process process = builder.start();
        started.add(process);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> said().contains("is ready"));

        signal("HUP", process);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> said().contains("reload is done"));
    }

    @Test
    void reloadCommandSaysThatNobodyIsThere() throws Exception {
        Process nobody = run("reload", "-p", pidFile());

        assertThat(errors(nobody))
                .startsWith(
                        "bilitw: no running instance answers for pid file '"
                                + pidFile()
                                + "', which does not exist");
        assertThat(exitCode(nobody)).isEqualTo(1);
    }

    private Path configuration() {
        return directory.resolve("bilitw.yml");
    }

    private String pidFile() {
        return directory.resolve("bilitw.pid").toString();
    }

    private ProcessBuilder builder(String... options) throws IOException {
        if (!Files.exists(configuration())) {
            Files.writeString(configuration(), alpha.yaml());
        }
        List<String> command = new ArrayList<>();
        command.add(ProxyProcess.packaged() + "/bin/bilitw");
        command.addAll(List.of("-c", configuration().toString()));
        command.addAll(List.of("-a", "127.0.0.1", "-s", Integer.toString(FreePorts.next())));
        command.add("--http-port=" + FreePorts.next());
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(stderr()));
    }

    private Process start(String... options) throws IOException {
        Process process = builder(options).start();
        started.add(process);
        return process;
    }

    private static Process run(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProxyProcess.packaged() + "/bin/bilitw");
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), UTF_8);
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private static void awaitText(Path file, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(file) && Files.readString(file).contains(text));
    }

    private File stderr() {
        return directory.resolve("stderr").toFile();
    }

    private String said() throws IOException {
        return Files.readString(stderr().toPath());
    }
}
