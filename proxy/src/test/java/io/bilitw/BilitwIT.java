package io.bilitw;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process: how it starts, what it says then, and how it ends. */
class BilitwIT {

    private final List<Process> started = new ArrayList<>();

    @TempDir Path directory;

    @AfterEach
    void endWhatStillRuns() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endsWithZeroOnASignalAndLogsItsLife(String signal) throws Exception {
        Path log = directory.resolve("bilitw.log");
        Process process =
                start(
                        configuration(directory.resolve("alpha.sock").toString(), ""),
                        "-o",
                        log.toString());
        Awaitility.await()
                .until(() -> Files.exists(log) && Files.readString(log).contains("listening on"));

        send(signal, process);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllLines(log))
                .satisfies(lines -> {
                    assertThat(lines.getFirst())
                            .contains(
                                    " info bilitw bilitw-"
                                            + Version.CURRENT
                                            + " started on pid "
                                            + process.pid());
                    assertThat(lines.getLast()).endsWith(" info bilitw done");
                });
        assertThat(said()).isEmpty();
    }

    @Test
    void logsToStderrAndShowsWarningsThere() throws Exception {
        Process process =
                start(configuration(directory.resolve("alpha.sock").toString(), "  hash: crc32\n"));
        Awaitility.await().until(() -> said().contains("listening on"));

        assertThat(said())
                .contains(
                        " warn bilitw "
                                + directory.resolve("bilitw.yml")
                                + ":4:3: warning: hash: crc32");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void saysWhichAddressIsTakenAndEndsWithOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path log = directory.resolve("bilitw.log");
            String address = "127.0.0.1:" + taken.getLocalPort();
            Process process = start(configuration(address, ""), "-o", log.toString());

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(said().lines())
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).startsWith("bilitw: pool 'alpha' ").contains(address));
            assertThat(Files.readString(log))
                    .contains(" error bilitw pool 'alpha' ")
                    .contains(address);
        }
    }

    private Path configuration(String listen, String more) throws IOException {
        return Files.writeString(
                directory.resolve("bilitw.yml"),
                "alpha:\n  listen: "
                        + listen
                        + "\n  servers: 127.0.0.1:1:1\n"
                        + more
                        + "  redis: true\n");
    }

    private Process start(Path configuration, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("bilitw.home") + "/bin/bilitw",
                                "-n",
                                "1",
                                "-s",
                                Integer.toString(FreePorts.next()),
                                "--http-port=0",
                                "-c",
                                configuration.toString()));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(directory.resolve("stdout").toFile())
                        .redirectError(stderr())
                        .start();
        started.add(process);
        return process;
    }

    private File stderr() {
        return directory.resolve("stderr").toFile();
    }

    private String said() throws IOException {
        return Files.readString(stderr().toPath());
    }

    private static void send(String signal, Process process)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
}
