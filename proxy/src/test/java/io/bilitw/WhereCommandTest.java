package io.bilitw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bilitw where} prints and how it ends; the servers are those that C chose. */
class WhereCommandTest {

    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir Path directory;
    private Path file = Path.of("");

    @BeforeEach
    void writeFile() throws IOException {
        file =
                Files.writeString(
                        directory.resolve("bilitw.yml"),
                        """
                        alpha:
                          listen: 127.0.0.1:1
                          hash_tag: "{}"
                          servers:
                           - 127.0.0.1:6380:1 server1
                           - 127.0.0.1:6381:1 server2
                           - 127.0.0.1:6382:1 server3
                           - 127.0.0.1:6383:1 server4
                        beta:
                          listen: 127.0.0.1:2
                          distribution: modula
                          servers:
                           - 10.0.0.1:6379:3
                           - 10.0.0.2:6379:1
                        gamma:
                          listen: 127.0.0.1:3
                          distribution: random
                          servers:
                           - 10.0.0.1:6379:3
                           - 10.0.0.2:6379:1
                        delta:
                          listen: 127.0.0.1:4
                          servers: /tmp/only.sock:1
                        """);
    }

    @Test
    void tellsEachKeyInThePoolAskedFor() {
        assertThat(where("", "-p", "alpha", "apple", "{apple}:x")).isZero();

        assertThat(answered)
                .hasToString(
                        """
                        key        pool   hashed part  hash        decided by        server   address of server
                        apple      alpha  whole key    1488911807  point 1491449930  server1  127.0.0.1:6380
                        {apple}:x  alpha  apple        1488911807  point 1491449930  server1  127.0.0.1:6380
                        """);
        assertThat(said.toString(UTF_8)).isEmpty();
    }

    /** 1488911807 modulo 4 is 3. */
    @Test
    void tellsEachKeyInAllPools() {
        assertThat(where("", "apple")).isZero();

        assertThat(answered.toString(UTF_8).lines().skip(1))
                .containsExactly(
                        "apple  beta   whole key    1488911807  slot 3 of 4       10.0.0.2:6379 "
                                + "   10.0.0.2:6379",
                        "apple  alpha  whole key    1488911807  point 1491449930  server1       "
                                + "   127.0.0.1:6380",
                        "apple  delta  -            -           only server       /tmp/only.sock:"
                                + "  /tmp/only.sock",
                        "apple  gamma  -            -           random            any of 2      "
                                + "   -");
    }

    @Test
    void readsKeysFromStdinWhereTheDashStands() {
        assertThat(where("second\n\nth\u00ffird\r\nlast", "-p", "beta", "first", "-", "end"))
                .isZero();

        assertThat(keys()).containsExactly("first", "second", "th\\xffird\\x0d", "last", "end");
    }

    @Test
    void takesWordsBehindTwoDashesAsKeys() {
        assertThat(where("", "-p", "beta", "--", "-v", "--")).isZero();

        assertThat(keys()).containsExactly("-v", "--");
    }

    @Test
    void tellsManyKeysUnderOneHead() {
        List<String> many = IntStream.range(0, 2500).mapToObj(i -> "key" + i).toList();

        assertThat(where(String.join("\n", many), "-p", "beta", "-")).isZero();

        assertThat(keys()).isEqualTo(many);
    }

    @Test
    void printsNoLineForNoKeyOnStdin() {
        assertThat(where("", "-p", "beta", "-")).isZero();

        assertThat(keys()).isEmpty();
    }

    @Test
    void saysWhichPoolsThereAre() {
        assertThat(where("", "-p", "zeta", "apple")).isEqualTo(1);

        assertThat(said)
                .hasToString(
                        "bilitw: option -p names pool 'zeta', which '"
                                + file
                                + "' does not have (expected: beta, alpha, delta or gamma)\n");
        assertThat(answered.toString(UTF_8)).isEmpty();
    }

    @Test
    void wantsAKey() {
        assertThat(where("", "-p", "alpha")).isEqualTo(1);

        assertThat(said)
                .hasToString("bilitw: where needs a key, or - for keys on stdin (found: none)\n");
    }

    @Test
    void tellsFaultsOfTheFileAsTheTestOfAFileDoes() throws IOException {
        Files.writeString(file, "alpha:\n  listen: 127.0.0.1:1\n  hush: md5\n");
        assertThat(where("", "apple")).isEqualTo(1);
        String faults = said.toString(UTF_8);
        said.reset();

        assertThat(run("", "-t", file.toString())).isEqualTo(1);

        assertThat(said).hasToString(faults);
        assertThat(faults).contains(":3:3: unknown key 'hush'").endsWith("syntax is invalid\n");
        assertThat(answered.toString(UTF_8)).isEmpty();
    }

    @Test
    void saysThatItCannotWrite() {
        PrintStream full =
                new PrintStream(
                        new OutputStream() {
                            @Override
                            public void write(int one) throws IOException {
                                throw new IOException("No space left on device");
                            }
                        });
        Bilitw bilitw =
                new Bilitw(
                        new ByteArrayInputStream(new byte[0]),
                        full,
                        new PrintStream(said, true, UTF_8));

        assertThat(bilitw.run("where", "-c", file.toString(), "apple")).isEqualTo(1);

        assertThat(said).hasToString("bilitw: where cannot write to stdout\n");
    }

    private List<String> keys() {
        return answered.toString(UTF_8)
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toList());
    }

    private int where(String input, String... words) {
        List<String> command = new ArrayList<>(List.of("where", "-c", file.toString()));
        command.addAll(List.of(words));
        return run(input, command.toArray(String[]::new));
    }

    private int run(String input, String... words) {
        return new Bilitw(
                        new ByteArrayInputStream(input.getBytes(ISO_8859_1)),
                        new PrintStream(answered, true, UTF_8),
                        new PrintStream(said, true, UTF_8))
                .run(words);
    }
}
