package io.bilitw.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Changes good files at random: the loader may refuse them, but only in the way that an operator
 * can read.
 */
class ConfigFuzzTest {

    /** How long to go on; more by {@code -Dbilitw.fuzz.millis}. */
    private static final long BUDGET_NANOS = Long.getLong("bilitw.fuzz.millis", 1_500) * 1_000_000;

    private static final List<String> SNIPPETS =
            List.of(
                    ":",
                    " ",
                    "  ",
                    "\n",
                    "\n  ",
                    "\t",
                    "- ",
                    "'",
                    "\"",
                    "\\x",
                    "\\uD800",
                    "[",
                    "]",
                    "{",
                    "}",
                    "&a ",
                    "*a",
                    "!",
                    "!!int ",
                    "|\n",
                    ">\n",
                    "%",
                    "@",
                    "`",
                    "#",
                    "? ",
                    "---\n",
                    "...\n",
                    "%YAML 9.9\n",
                    "\u0000",
                    "\u0085",
                    "\u2028",
                    "\uFEFF",
                    "é",
                    "\uD83D\uDE00",
                    "99999999999",
                    "-1",
                    "/",
                    "global:\n",
                    "servers:\n",
                    "<<: ",
                    "~");

    @Test
    void refusesOnlyWithProblems() throws IOException {
        long seed = Long.getLong("bilitw.fuzz.seed", System.nanoTime());
        System.out.println(
                "ConfigFuzzTest seed " + seed + " (repeat with -Dbilitw.fuzz.seed=" + seed + ")");
        Random random = new Random(seed);
        List<String> good =
                List.of(
                        Files.readString(Path.of("src/test/resources/conf/twemproxy.yml")),
                        Files.readString(Path.of("src/main/dist/conf/nutcracker.yml")),
                        Files.readString(
                                Path.of(
                                        "src/test/resources/vectors/distribution_configs/N3-unix.yml")));
        int files = 0;
        for (long start = System.nanoTime(); System.nanoTime() - start < BUDGET_NANOS; files++) {
            String text = good.get(random.nextInt(good.size()));
            int changes = 1 + random.nextInt(6);
            for (int i = 0; i < changes; i++) {
                text = change(text, random);
            }
            load(text, seed, files);
        }
        assertThat(files).as("files tried").isPositive();
        System.out.println("ConfigFuzzTest tried " + files + " files");
    }

    private static void load(String text, long seed, int file) {
        try {
            Problems problems = new Problems("fuzz.yml");
            String decoded = FileText.decode(text.getBytes(UTF_8), problems);
            ConfigFile.parse("fuzz.yml", decoded, _ -> true);
        } catch (ConfigException refused) {
            assertThat(refused.problems())
                    .isNotEmpty()
                    .allSatisfy(problem ->
                            assertThat(problem.toString())
                                    .matches(
                                            "fuzz\\.yml:\\d+:\\d+: [^\\p{Cntrl}]+ \\(expected:"
                                                    + " [^\\p{Cntrl}]+\\)"));
        } catch (RuntimeException | StackOverflowError bug) {
            fail("seed %d, file %d: %s\n%s", seed, file, bug, text);
        }
    }

    private static String change(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1 ->
                    text.substring(0, at)
                            + SNIPPETS.get(random.nextInt(SNIPPETS.size()))
                            + text.substring(at);
            case 2 -> text.substring(0, at) + (char) random.nextInt(0x300) + text.substring(end);
            default ->
                    text.substring(0, at) + text.substring(at, end).repeat(3) + text.substring(end);
        };
    }
}
