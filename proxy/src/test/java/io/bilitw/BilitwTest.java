package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that ends without a worker: texts, tests of a file, refusals. */
class BilitwTest {

    private static final String GOOD =
            "alpha:\n  listen: 127.0.0.1:22121\n  servers: 127.0.0.1:6379:1\n";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Bilitw bilitw =
            new Bilitw(
                    InputStream.nullInputStream(), // no command here reads
                    new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                    new PrintStream(said, true, UTF_8));

    @TempDir Path directory;

    @Test
    void saysItsVersion() throws InterruptedException {
        assertThat(bilitw.run("-V")).isZero();

        assertThat(said.toString(UTF_8)).matches("This is bilitw-\\d+\\.\\d+\\.\\d+\\S*\n\n");
    }

    @Test
    void saysHowItIsUsed() throws InterruptedException {
        assertThat(bilitw.run("-h", "-t", "-d")).isZero();

        assertThat(said.toString(UTF_8).lines())
                .startsWith(
                        "This is bilitw-" + Version.CURRENT,
                        "",
                        "Usage: bilitw [-hVdDt] [-v verbosity level] [-o output file]")
                .contains(
                        "  -h, --help             : this help",
                        "  -t, --test-conf[=FILE] : test configuration for errors and exit",
                        "  -v, --verbose=N        : set logging level (default: 5, min: 0, max:"
                                + " 11)",
                        "  -c, --conf-file=S      : set configuration file (default:"
                                + " /etc/nutcracker.yml)",
                        "  -s, --stats-port=N     : set stats monitoring port (default: 22223)",
                        "      --http-addr=S      : set ip of the same (default: 127.0.0.1)")
                .filteredOn(line -> line.matches("  (-.,|   ) --.*"))
                .hasSize(Option.values().length)
                .allMatch(line -> line.charAt(25) == ':');
    }

    @Test
    void saysWhichCommandsThereAre() {
        assertThat(bilitw.run("-h")).isZero();

        assertThat(said.toString(UTF_8))
                .endsWith(
                        """

                        Commands, each as the first word:
                          bilitw reload -p FILE
                              have the instance with this pid file load its configuration anew
                          bilitw where [-c FILE] [-p POOL] KEY...
                              tell the server of each key while all live; here -p names a pool,
                              and - stands for keys on stdin, one a line
                          bilitw diff OLD NEW
                              tell what a reload from one file to the other changes
                          bilitw train
                              make the AOT cache anew, which shortens a start

                        """);
    }

    @Test
    void makesNoCacheOfAnythingButTraining() {
        assertThat(bilitw.run("train", "-h")).isEqualTo(1);

        assertThat(said).hasToString("bilitw: train stands alone (found: 1 more words)\n");
    }

    @Test
    void saysWhatIsWrongWithAnOptionAndHowToUseIt() throws InterruptedException {
        assertThat(bilitw.run("-v", "x", "-V")).isEqualTo(1);

        assertThat(said.toString(UTF_8))
                .isEqualTo("bilitw: option -v requires a number\n" + Usage.help());
    }

    @Test
    void findsAGoodFileGood() throws Exception {
        Path file = write(GOOD);

        assertThat(bilitw.run("-t", "-c", file.toString())).isZero();

        assertThat(said).hasToString("bilitw: configuration file '" + file + "' syntax is ok\n");
    }

    @Test
    void showsWarningsOfAGoodFile() throws Exception {
        Path file = write(GOOD + "  hash: crc32\n");

        assertThat(bilitw.run("-t", file.toString())).isZero();

        assertThat(said.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":4:3: warning: hash: crc32 "),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "bilitw: configuration file '"
                                                        + file
                                                        + "' syntax is ok"));
    }

    @Test
    void showsEveryFaultOfABadFile() throws Exception {
        Path file = write(GOOD + "  hush: md5\n  timeout: soon\n");
        String expected =
                file
                        + ":4:3: unknown key 'hush', did you mean 'hash'? (expected: a key of a"
                        + " pool)\n"
                        + file
                        + ":5:12: timeout: 'soon' is not a number (expected: a number from 0 to"
                        + " 2147483647)\n"
                        + "bilitw: configuration file '"
                        + file
                        + "' syntax is invalid\n";

        assertThat(bilitw.run("-t", file.toString())).isEqualTo(1);
        assertThat(said).hasToString(expected);

        said.reset();
        assertThat(bilitw.run("-c", file.toString())).as("at start").isEqualTo(1);
        assertThat(said).hasToString(expected);
    }

    @Test
    void tellsThatTheFileIsMissing() throws InterruptedException {
        Path file = directory.resolve("absent.yml");

        assertThat(bilitw.run("-t", "-c", file.toString())).isEqualTo(1);

        assertThat(said)
                .hasToString(
                        file
                                + ": cannot be read: No such file or directory\n"
                                + "bilitw: configuration file '"
                                + file
                                + "' syntax is invalid\n");
    }

    @Test
    void tellsThatTheLogCannotBeOpened() throws Exception {
        Path log = directory.resolve("no/such/directory.log");

        assertThat(bilitw.run("-c", write(GOOD).toString(), "-o", log.toString())).isEqualTo(1);

        assertThat(said)
                .hasToString(
                        "bilitw: opening log file '"
                                + log
                                + "' failed: No such file or directory\n");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("bilitw.yml"), yaml);
    }
}
