package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The configuration file that is shipped. */
class SampleConfigTest {

    private static final Path SAMPLE = Path.of("src/main/dist/conf/nutcracker.yml");

    @Test
    void loadsWithoutAWarning() throws ConfigException {
        ConfigFile file = ConfigFile.load(SAMPLE);

        assertThat(file.config().pools())
                .extracting(PoolConfig::name)
                .containsExactly("beta", "alpha");
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void showsEveryKeyAndTheDefaultOfThoseCommentedOut() throws IOException {
        String text = Files.readString(SAMPLE);

        Stream.of(KeyTable.POOL, KeyTable.GLOBAL)
                .flatMap(table -> table.keys().stream())
                .forEach(key -> {
                    assertThat(text).containsPattern("(?m)^  (# )?" + key.name() + ":");
                    text.lines()
                            .filter(line -> line.startsWith("  # " + key.name() + ": "))
                            .forEach(line ->
                                    assertThat(line.substring(line.indexOf(':') + 1).strip())
                                            .startsWith(key.key().byDefault()));
                });
    }
}
