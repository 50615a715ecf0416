package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FreePorts;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The key {@code user}. Only root can become another user, so where somebody else runs the tests,
 * they show that the program says just that.
 */
class UserIT {

    private static final String USER = "nobody";
    private static final String OTHER_USER = "daemon";
    private static final String AS_USER = "global:\n  user: " + USER + "\n";
    private static final String READY = " is ready after ";
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");
    private static final int LIMIT_SECONDS = 20;

    private final List<Process> started = new ArrayList<>();
    private final PoolFile alpha = PoolFile.redis().server("127.0.0.1:1");

    @TempDir Path directory;
    private Path home;

    /** A copy that everybody may run, wherever the build lies. */
    @BeforeEach
    void install() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = directory.resolve("bilitw");
        try (Stream<Path> all = Files.walk(ProxyProcess.packaged())) {
            for (Path each : all.toList()) {
                Path target = home.resolve(ProxyProcess.packaged().relativize(each).toString());
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @AfterEach
    void endWhatStillRuns() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void allProcessesAndTheirThreadsAreTheUser() throws Exception {
        alpha.set("listen", "127.0.0.1:" + portOfRoot());
        PoolFile beta = PoolFile.memcache().named("beta").server("127.0.0.1:1");
        beta.set("listen", directory.resolve("b.sock") + " 0600");
        Process master = start(AS_USER + ProxyProcess.yaml(alpha, beta));
        if (!IS_ROOT) {
            assertRefused(master);
            return;
        }
        awaitLog(READY, 2);
        assertUser(master);
        for (String file : List.of("b.sock", "pid", "pid.sock", "log")) {
            assertThat(Files.getOwner(directory.resolve(file))).as(file).isEqualTo(user());
        }

        master.children().findFirst().orElseThrow().destroyForcibly();
        awaitLog(READY, 3); // the one that replaces it
        signal(master, "HUP");
        awaitLog("reload is done", 1);
        assertUser(master);
        try (RespClient client = RespClient.connect(ProxyProcess.socketAddress(alpha))) {
            assertThat(client.call("PING").text()).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void whatTheUserMayRemoveIsGoneInTheEndAndTheLogIsReopened() throws Exception {
        Path own = Files.createDirectory(directory.resolve("own"));
        alpha.set("listen", own.resolve("a.sock").toString());
        if (IS_ROOT) {
            Files.setOwner(own, user());
        }
        Process master = start(AS_USER + alpha.yaml(), own);
        if (!IS_ROOT) {
            assertRefused(master, own);
            return;
        }
        awaitLog(own, READY, 2);
        Files.move(own.resolve("log"), own.resolve("log.1"));
        signal(master, "USR1");
        Awaitility.await().until(() -> log(own).contains("log is reopened"));

        end(master);
        try (Stream<Path> left = Files.list(own)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("log", "log.1");
        }
    }

    @Test
    void whatOnlyRootMayDoIsToldAndAllGoesOn() throws Exception {
        Process master = start(AS_USER + alpha.yaml());
        if (!IS_ROOT) {
            assertRefused(master);
            return;
        }
        awaitLog(READY, 2);
        Path roots = directory.resolve("new.sock");
        write(AS_USER + alpha.yaml() + memcachedOn(roots));
        signal(master, "HUP");
        awaitLog("Permission denied; user 'nobody' may not, but a restart as root can", 1);

        write(AS_USER.replace(USER, OTHER_USER) + alpha.yaml());
        signal(master, "HUP");
        awaitLog("another user (key user of the block global) needs a restart", 1);

        Path file = directory.resolve("bilitw.yml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        signal(master, "HUP");
        awaitLog("cannot be read: Permission denied", 1);

        Files.move(directory.resolve("log"), directory.resolve("log.1"));
        signal(master, "USR1");
        Awaitility.await()
                .until(() ->
                        Files.readString(directory.resolve("log.1"))
                                .contains("going on in the one before"));
        master.children().findFirst().orElseThrow().destroyForcibly();
        Awaitility.await() // a worker needs no new log
                .until(() ->
                        Files.readString(directory.resolve("log.1")).split(READY, -1).length > 3);

        end(master);
        assertThat(directory.resolve("pid")).isEmptyFile();
        assertThat(Files.readString(directory.resolve("log.1")))
                .contains("stays, but is empty: Permission denied");
    }

    @Test
    void aFileThatTheUserCannotReadIsWarnedOfAtTheStart() throws Exception {
        write(AS_USER + alpha.yaml());
        Path file = directory.resolve("bilitw.yml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Process master = start(directory);
        if (!IS_ROOT) {
            assertRefused(master);
            return;
        }
        awaitLog(READY, 2);
        assertThat(log(directory))
                .contains("user 'nobody' may not read '" + file + "': a reload will fail");
    }

    @Test
    void aProgramThatTheUserCannotRunIsToldAtTheStart() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Process master = start(AS_USER + alpha.yaml());
        if (!IS_ROOT) {
            assertRefused(master);
            return;
        }
        assertThat(exitCode(master)).isEqualTo(1);
        assertThat(log(directory))
                .contains("user 'nobody' may not run '" + home + "/bin/bilitw', which the workers");
    }

    @Test
    void nobodyButRootBecomesSomebodyElse() throws Exception {
        List<String> asNobody =
                IS_ROOT ? List.of("setpriv", "--reuid=" + USER, "--clear-groups") : List.of();
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        write("global:\n  user: " + OTHER_USER + "\n" + alpha.yaml());
        Process master = start(open, asNobody);
        assertThat(exitCode(master)).isEqualTo(1);
        assertThat(log(open)).contains("cannot become user 'daemon'", "only root can");

        String self = IS_ROOT ? USER : System.getProperty("user.name");
        write("global:\n  user: " + self + "\n" + alpha.yaml());
        start(open, asNobody);
        awaitLog(open, READY, 2);
    }

    @Test
    void anUnknownUserIsAFaultOfTheFile() throws Exception {
        for (String nobody : List.of("no-such-user", "65534")) {
            write("global:\n  user: " + nobody + "\n" + alpha.yaml());
            Process test = start(directory, List.of(), "-t");
            assertThat(exitCode(test)).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("said")))
                    .contains(
                            "bilitw.yml:2:9: user: user '"
                                    + nobody
                                    + "' is unknown (expected: the name of a user of this"
                                    + " machine)");
        }
    }

    private Process start(String yaml) throws IOException {
        return start(yaml, directory);
    }

    private Process start(String yaml, Path files) throws IOException {
        write(yaml);
        return start(files);
    }

    private Process start(Path files) throws IOException {
        return start(files, List.of());
    }

    /** Starts the program with two workers, whose log and pid file lie in {@code files}. */
    private Process start(Path files, List<String> before, String... more) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(home + "/bin/bilitw", "-n", "2", "-v", "6"));
        command.addAll(List.of("-c", directory.resolve("bilitw.yml").toString()));
        command.addAll(List.of("-o", files.resolve("log").toString()));
        command.addAll(List.of("-p", files.resolve("pid").toString()));
        command.addAll(List.of("-a", "127.0.0.1", "-s", Integer.toString(FreePorts.next())));
        command.add("--http-port=" + FreePorts.next());
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("said").toFile())
                        .start();
        started.add(process);
        return process;
    }

    private void write(String yaml) throws IOException {
        Files.writeString(directory.resolve("bilitw.yml"), yaml);
    }

    private static String memcachedOn(Path socket) {
        return PoolFile.memcache()
                .named("beta")
                .set("listen", socket.toString())
                .server("127.0.0.1:1")
                .yaml();
    }

    /** A free port that only root may listen on, unless the machine lets everybody. */
    private static int portOfRoot() {
        return IS_ROOT ? FreePorts.belowThousand() : FreePorts.next();
    }

    private UserPrincipal user() throws IOException {
        return directory
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(USER);
    }

    private void assertRefused(Process master) throws Exception {
        assertRefused(master, directory);
    }

    private static void assertRefused(Process master, Path files) throws Exception {
        assertThat(exitCode(master)).isEqualTo(1);
        assertThat(log(files)).contains("cannot become user 'nobody'", "only root can");
    }

    /** Looks at each thread of master and workers: all four numbers of user and group. */
    private static void assertUser(Process master) throws IOException {
        List<ProcessHandle> all = new ArrayList<>(master.children().toList());
        assertThat(all).hasSize(2);
        all.add(master.toHandle());
        for (ProcessHandle process : all) {
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
                for (Path thread : threads.toList()) {
                    if (Files.exists(thread)) {
                        assertThat(Files.readAllLines(thread.resolve("status")))
                                .contains(
                                        "Uid:\t65534\t65534\t65534\t65534",
                                        "Gid:\t65534\t65534\t65534\t65534",
                                        "Groups:\t65534 ",
                                        "CapEff:\t0000000000000000",
                                        "CapPrm:\t0000000000000000");
                    }
                }
            }
        }
    }

    private static String log(Path files) throws IOException {
        Path file = files.resolve("log");
        return Files.exists(file) ? Files.readString(file, UTF_8) : "";
    }

    private void awaitLog(String text, int count) {
        awaitLog(directory, text, count);
    }

    private void awaitLog(Path files, String text, int count) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() ->
                        log(files).split(text.replaceAll("[()]", "\\\\$0"), -1).length > count);
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private static void end(Process master) throws Exception {
        master.destroy();
        assertThat(exitCode(master)).isZero();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
