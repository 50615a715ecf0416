package io.bilitw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bilitw diff} says besides the figures, which {@code DiffIT} counts. */
class DiffCommandTest {

    private static final String FILE =
            """
            alpha:
              listen: 127.0.0.1:1
              servers:
               - 10.0.0.1:6379:1 one
               - 10.0.0.2:6379:1 two
            """;

    @Test
    void saysThatNothingChanges() throws ConfigException {
        assertThat(diff(FILE, "# a comment\n" + FILE))
                .startsWith("nothing changes", "", "pool 'alpha': 0.0 % of its keys move")
                .hasSize(6)
                .noneMatch(line -> line.contains("count as not moved"));
    }

    @Test
    void saysThatAServerKeepsItsName() throws ConfigException {
        assertThat(diff(FILE, FILE.replace("10.0.0.2:6379", "10.0.0.9:6380")))
                .startsWith(
                        "pool 'alpha' loses server '10.0.0.2:6379:1 two'",
                        "pool 'alpha' gets server '10.0.0.9:6380:1 two'",
                        "",
                        "pool 'alpha': 0.0 % of its keys move")
                .endsWith(
                        "  server 'two' keeps its name and is at 10.0.0.9:6380 instead of"
                                + " 10.0.0.2:6379: keys that stay with the name count as not"
                                + " moved");
    }

    @Test
    void saysThatAServerKeepsItsAddress() throws ConfigException {
        assertThat(diff(FILE, FILE.replace(" two", " zwei")))
                .endsWith(
                        "  server 'two' at 10.0.0.2:6379 is called 'zwei' now: keys that stay with"
                                + " the address count as not moved");
    }

    @Test
    void saysThatTheSampleHasNoTags() throws ConfigException {
        assertThat(diff(FILE, FILE + "  hash_tag: \"{}\"\n"))
                .startsWith("pool 'alpha' hash_tag: none -> {}")
                .endsWith(
                        "  hash_tag is another: keys with a tag may move beyond this, as the"
                                + " sample, keys like key:00000000, has none");
    }

    @Test
    void comparesPoolsOfBothFilesOnly() throws ConfigException {
        List<String> said = diff(FILE + another("old"), FILE + another("new"));

        assertThat(said)
                .startsWith("pool 'new' is added", "pool 'old' is removed", "")
                .filteredOn(line -> line.contains(" of its keys move"))
                .singleElement()
                .asString()
                .startsWith("pool 'alpha': ");
    }

    @ParameterizedTest
    @CsvSource({
        "ketama, random, afterwards",
        "random, ketama, before",
        "random, random, before and afterwards"
    })
    void saysThatRandomHasNoPlaces(String old, String now, String when) throws ConfigException {
        assertThat(diff(distribution(old), distribution(now)))
                .last()
                .isEqualTo("pool 'alpha': random, so any server may get any key, " + when);
    }

    @Test
    void wantsTwoFiles() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, UTF_8);

        assertThat(new Bilitw(InputStream.nullInputStream(), stream, stream).run("diff", "a.yml"))
                .isEqualTo(1);

        assertThat(said).hasToString("bilitw: diff needs two files, OLD and NEW (found: 1)\n");
    }

    private static String another(String pool) {
        return FILE.replace("alpha", pool).replace("127.0.0.1:1", "127.0.0.1:2");
    }

    private static String distribution(String name) {
        return FILE + "  distribution: " + name + "\n";
    }

    private static List<String> diff(String before, String after) throws ConfigException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        DiffCommand.run(
                ConfigFile.parse("old.yml", before).config(),
                ConfigFile.parse("new.yml", after).config(),
                new PrintStream(said, true, UTF_8));
        return said.toString(UTF_8)
                .lines()
                .map(line -> line.replaceFirst(" to another server .*", ""))
                .toList();
    }
}
