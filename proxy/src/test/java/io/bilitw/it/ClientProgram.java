package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A client program that is not written in Java, run to its end: what it printed, and how it ended.
 */
record ClientProgram(List<String> command, int exitCode, String output) {

    /** A program still running after this time is killed, and the test fails. */
    private static final int LIMIT_SECONDS = 60;

    /** The directory of the tests' own client programs, as they stand in src/test/resources. */
    static final Path SCRIPTS = Path.of("target", "test-classes", "clients");

    /** Runs a program that reads nothing. */
    static ClientProgram run(String... command) {
        return run(Path.of("."), Map.of(), "", command);
    }

    /**
     * Runs a program in {@code directory} with more environment, and with {@code input} to read.
     */
    static ClientProgram run(
            Path directory, Map<String, String> environment, String input, String... command) {
        try {
            Path in = Files.createTempFile("bilitw-client-", ".in");
            Path out = Files.createTempFile("bilitw-client-", ".out");
            try {
                Files.writeString(in, input);
                ProcessBuilder builder =
                        new ProcessBuilder(command)
                                .directory(directory.toFile())
                                .redirectErrorStream(true)
                                .redirectInput(in.toFile())
                                .redirectOutput(out.toFile());
                builder.environment().putAll(environment);
                int exitCode = exitCode(builder.start(), out);
                return new ClientProgram(List.of(command), exitCode, Files.readString(out));
            } finally {
                Files.delete(in);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "could not run " + command[0] + ", which ./dev test installs", e);
        }
    }

    /** Checks that the program has ended well and returns what it printed. */
    String succeeded() {
        assertThat(exitCode)
                .as("exit code of %s, which printed:%n%s", String.join(" ", command), output)
                .isZero();
        return output;
    }

    private static int exitCode(Process process, Path out) throws IOException {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "no end within " + LIMIT_SECONDS + " s after: " + Files.readString(out));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
