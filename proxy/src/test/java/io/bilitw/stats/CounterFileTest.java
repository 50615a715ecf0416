package io.bilitw.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterFileTest {

    @TempDir Path directory;

    @Test
    void whatOneWritesAnotherReads() throws IOException {
        Path path = Files.write(directory.resolve("figures"), new byte[CounterFile.BYTES]);
        CounterFile worker = CounterFile.map(path);
        CounterFile master = CounterFile.map(path);
        assertThat(master.heartbeat()).isZero();

        worker.beat();
        worker.beat();

        assertThat(master.heartbeat()).isEqualTo(2);
        assertThat(Files.size(path)).isEqualTo(CounterFile.BYTES);
    }
}
