package io.bilitw.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One program started by a test: its output goes to a file, and it never outlives the test's JVM.
 */
final class ChildProcess {

    private static final Duration HELPER_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts {@code command}; both of its output streams are appended to {@code output}. */
    static ChildProcess start(List<String> command, Map<String, String> environment, Path output) {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the program has printed so far. */
    String output() {
        return TestFiles.read(output);
    }

    /** Sends one signal by its name, for example {@code STOP}. */
    void signal(String name) {
        signal(name, pid());
    }

    /** Sends one signal to a process by their names. */
    static void signal(String name, long pid) {
        int exitCode = run(List.of("kill", "-" + name, Long.toString(pid)));
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "kill -" + name + " " + pid + " failed with " + exitCode);
        }
    }

    /**
     * Stops a process until it gets {@code CONT}, and waits until every thread of it stands: the
     * signal takes its time to reach those that are running.
     */
    static void freeze(long pid) {
        signal("STOP", pid);
        Awaitility.await("process " + pid + " stands")
                .pollInterval(Duration.ofMillis(1))
                .atMost(HELPER_LIMIT)
                .until(() -> isFrozen(pid));
    }

    private static boolean isFrozen(long pid) throws IOException {
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                String stat = Files.readString(thread.resolve("stat"));
                char state = stat.charAt(stat.lastIndexOf(')') + 2); // proc(5)
                if (state != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    /** Kills the program without giving it a chance and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        waitFor(HELPER_LIMIT);
    }

    /**
     * Does {@code work}, and kills the program if that fails, so that a failed start leaves nothing
     * behind.
     */
    void killUnlessDone(Runnable work) {
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (!done) {
                kill();
            }
        }
    }

    /** Waits for the program's end and returns its exit code. */
    int waitFor(Duration limit) {
        return waitFor(process, limit, "pid " + pid());
    }

    /** Runs a short program to its end, its output thrown away, and returns its exit code. */
    static int run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return waitFor(process, HELPER_LIMIT, command.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }

    private static int waitFor(Process process, Duration limit, String what) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(what + " did not end within " + limit);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
