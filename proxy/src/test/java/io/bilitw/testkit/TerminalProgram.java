package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A program on a terminal of its own, which script(1) makes: the test types, and sees what is
 * shown.
 */
public final class TerminalProgram implements Closeable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path directory = TestFiles.createDirectory("terminal");
    private final Process script;
    private int seen; // up to where the output was waited for

    private TerminalProgram(String command) {
        try {
            script =
                    new ProcessBuilder(
                                    List.of(
                                            "script",
                                            "-qefc",
                                            "stty rows 24 cols 100; " + command,
                                            "/dev/null"))
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("output").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run script, which is in bsdutils", e);
        }
    }

    /** Starts a command of the shell. */
    public static TerminalProgram start(String command) {
        return new TerminalProgram(command);
    }

    /** What the program has shown, with all orders to the terminal. */
    public String output() {
        return TestFiles.read(directory.resolve("output"));
    }

    /** Waits until this is shown, after what was waited for before. */
    public void awaitOutput(String text) {
        Awaitility.await("shown: " + text)
                .pollInterval(Duration.ofMillis(10))
                .atMost(LIMIT)
                .until(() -> output().indexOf(text, seen) >= 0);
        seen = output().indexOf(text, seen) + text.length();
    }

    /** Types keys. */
    public void type(String keys) {
        try {
            script.getOutputStream().write(keys.getBytes(UTF_8));
            script.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the program a signal by its name. */
    public void signal(String name) {
        long program = script.children().findFirst().orElseThrow().pid();
        ChildProcess.signal(name, program);
    }

    /** Waits for the end and returns the program's exit code. */
    public int awaitEnd() {
        try {
            if (!script.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no end within " + LIMIT + " after: " + output());
            }
            return script.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
        TestFiles.deleteDirectory(directory);
    }
}
