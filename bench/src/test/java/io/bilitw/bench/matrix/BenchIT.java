package io.bilitw.bench.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {

    private static final Path HOME = Path.of(System.getProperty("bilitw.home"));

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
}
