package io.bilitw.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Directories for the files of one started program; their paths are short enough for a unix socket.
 */
final class TestFiles {

    private TestFiles() {}

    static Path createDirectory(String purpose) {
        try {
            return Files.createTempDirectory("bilitw-" + purpose + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteDirectory(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file as text; one that is not there yet is empty. */
    static String read(Path file) {
        try {
            return Files.exists(file) ? Resp.text(Files.readAllBytes(file)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.write(file, Resp.bytes(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
