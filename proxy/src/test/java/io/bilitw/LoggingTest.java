package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {

    private static final String TIME = "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\] ";

    @TempDir Path directory;

    @Test
    void writesOneLineAnEventInOrder() throws IOException {
        List<String> lines =
                log(
                        11,
                        () -> {
                            LoggerFactory.getLogger("pool")
                                    .warn("server '{}' is out for {} ms", "a", 30);
                            LoggerFactory.getLogger("io.bilitw.some.Thing")
                                    .info("a line\r\nof\u0000a peer");
                            LoggerFactory.getLogger("net").trace("é");
                        });

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches(TIME + "warn pool server 'a' is out for 30 ms");
        assertThat(lines.get(1)).matches(TIME + "info Thing a line  of a peer");
        assertThat(lines.get(2)).matches(TIME + "trace net é");
    }

    @Test
    void writesTheStackOfOurOwnFault() throws IOException {
        List<String> lines =
                log(
                        5,
                        () ->
                                LoggerFactory.getLogger("net")
                                        .error("closed", new IllegalStateException("a bug")));

        assertThat(lines.get(0)).matches(TIME + "error net closed");
        assertThat(lines.get(1)).isEqualTo("\tjava.lang.IllegalStateException: a bug");
        assertThat(lines.get(2)).contains("\tat io.bilitw.LoggingTest");
    }

    @Test
    void letsNoTextMakeALine() throws IOException {
        String forged = "a\n[2026-01-01 00:00:00.000] info forged\u0085b\u2028c\rd";

        List<String> lines =
                log(
                        5,
                        () ->
                                LoggerFactory.getLogger("net")
                                        .error(forged, new IllegalStateException(forged)));

        assertThat(lines.getFirst())
                .matches(TIME + "error net a \\[2026-01-01 00:00:00.000\\] info forged b c d");
        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("\t"));
    }

    @Test
    void cutsALongLineBetweenLetters() throws IOException {
        for (int shift = 0; shift < 3; shift++) {
            String text = "x".repeat(shift) + "\u20ac".repeat(3000);

            List<String> lines = log(5, () -> LoggerFactory.getLogger("net").info(text));

            assertThat(lines)
                    .singleElement()
                    .asString()
                    .matches(TIME + "info net x*\u20ac+\\.\\.\\.")
                    .satisfies(line ->
                            assertThat(line.getBytes(UTF_8).length + 1).isBetween(4094, 4096));
        }
    }

    @Test
    void cutsALongStackTrace() throws IOException {
        List<String> lines =
                log(5, () -> LoggerFactory.getLogger("net").error("closed", deepFault(2000)));

        assertThat(lines).hasSizeBetween(100, 1000);
        assertThat(lines.getLast()).startsWith("\t").endsWith("...");
    }

    private static Throwable deepFault(int depth) {
        return depth == 0 ? new IllegalStateException("a bug") : deepFault(depth - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, error",
        "3, error",
        "4, error warn",
        "5, error warn info",
        "6, error warn info debug",
        "7, error warn info debug trace",
        "11, error warn info debug trace"
    })
    void logsWhatTheLevelAsksFor(int verbosity, String levels) throws IOException {
        assertThat(levelsOf(log(verbosity, () -> logAtEveryLevel("pool")))).isEqualTo(levels);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, error",
        "5, error warn",
        "7, error warn",
        "8, error warn info debug trace"
    })
    void keepsLibrariesQuieter(int verbosity, String levels) throws IOException {
        assertThat(levelsOf(log(verbosity, () -> logAtEveryLevel("io.netty.channel"))))
                .isEqualTo(levels);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "7, ''", "10, ''", "11, error warn info debug trace"})
    void logsRequestsAtTheHighestLevelOnly(int verbosity, String levels) throws IOException {
        assertThat(levelsOf(log(verbosity, () -> logAtEveryLevel("request")))).isEqualTo(levels);
    }

    @ParameterizedTest
    @CsvSource({"5, 10", "6, 100"})
    void holdsLinesBackThatPeersCauseAtTheDefaultLevel(int verbosity, int count)
            throws IOException {
        long begin = System.nanoTime();
        List<String> lines =
                log(
                        verbosity,
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                LoggerFactory.getLogger("server").info("server '{}' failed", "a");
                            }
                        });

        long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertThat(lines).hasSizeBetween(count, (int) (count * (1 + seconds)));
    }

    @Test
    void logsStartAndEndAtEveryLevel() throws IOException {
        assertThat(log(0, () -> LoggerFactory.getLogger(Logging.ALWAYS).info("done"))).hasSize(1);
    }

    @Test
    void appendsToTheFileAndKeepsItsMode() throws IOException {
        Path file = directory.resolve("bilitw.log");
        try (Logging _ = Logging.start("", 5, file)) {
            LoggerFactory.getLogger("pool").info("first");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        try (Logging _ = Logging.start("", 5, file)) {
            LoggerFactory.getLogger("pool").info("second");
        }

        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("pool first"),
                        line -> assertThat(line).endsWith("pool second"));
    }

    @Test
    void tellsWhyTheFileCannotBeOpened() {
        assertThatThrownBy(() -> Logging.start("", 5, directory))
                .isInstanceOf(IOException.class)
                .hasMessage("opening log file '" + directory + "' failed: Is a directory");
    }

    /** Logs to a file and returns its lines. */
    private List<String> log(int verbosity, Runnable events) throws IOException {
        Path file = directory.resolve("events.log");
        Files.deleteIfExists(file);
        try (Logging _ = Logging.start("", verbosity, file)) {
            events.run();
        }
        return Files.readAllLines(file);
    }

    private static void logAtEveryLevel(String name) {
        Logger log = LoggerFactory.getLogger(name);
        log.error("at error");
        log.warn("at warn");
        log.info("at info");
        log.debug("at debug");
        log.trace("at trace");
    }

    private static String levelsOf(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("^\\[[^]]*] (\\w+) .*", "$1"))
                .collect(Collectors.joining(" "));
    }
}
