package io.bilitw.bench.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {

    private static final Path HOME = Path.of(System.getProperty("bilitw.home"));

    private static final int SERVERS_AND_PROCESSES_OF_PROXIES = 5;
    private static final int PATIENCE_SECONDS = 30;
    private static final int SIGTERM = 15;

    @TempDir Path results;

    @Test
    void measuresARowAndLeavesNothingBehind() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> words = List.of("--rounds", "1", "--millis", "10", "redis", "get", "p16");

        boolean good =
                Bench.run(
                        BenchOptions.parse(HOME, results, words),
                        new PrintStream(printed, true, UTF_8));

        assertThat(good).as(printed.toString(UTF_8)).isTrue();
        assertThat(Files.readAllLines(results.resolve("rows.csv")))
                .hasSize(4)
                .anySatisfy(line ->
                        assertThat(line).matches("redis,get,50,16,32,nutcracker,1,[1-9]\\d*,.*"));
        assertThat(printed.toString(UTF_8)).contains("redis get 32B c50 p16");
        assertThat(results).isDirectoryContaining("glob:**/rows.{txt,svg}");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void takesAllItsProcessesWithItWhenItIsEndedEarly() throws Exception {
        Process bench =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Bench.class.getName(),
                                HOME.toString(),
                                results.toString(),
                                "memcached")
                        .redirectErrorStream(true)
                        .start();
        String printed;
        List<ProcessHandle> children;
        try (BufferedReader lines = bench.inputReader(UTF_8)) {
            children = awaitDescendants(bench, SERVERS_AND_PROCESSES_OF_PROXIES);
            bench.toHandle().destroy(); // which, unlike bench.destroy(), lets its output be read
            printed = String.join("\n", lines.lines().toList());
        }

        assertThat(bench.waitFor(PATIENCE_SECONDS, SECONDS)).as(printed).isTrue();
        assertThat(bench.exitValue()).as(printed).isEqualTo(128 + SIGTERM);
        for (ProcessHandle child : children) {
            child.onExit().get(PATIENCE_SECONDS, SECONDS);
        }
        assertThat(results).isEmptyDirectory();
    }

    private static List<ProcessHandle> awaitDescendants(Process process, int count) {
        long startNanos = System.nanoTime();
        List<ProcessHandle> found = List.of();
        while (found.size() < count) {
            assertThat(System.nanoTime() - startNanos)
                    .as("%s", found)
                    .isLessThan(SECONDS.toNanos(PATIENCE_SECONDS));
            LockSupport.parkNanos(MILLISECONDS.toNanos(20));
            found = process.descendants().toList();
        }
        return found;
    }
}
