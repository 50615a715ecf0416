package io.bilitw.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.Config;
import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterFileTest {

    private static final String TEXT =
            """
            alfa:
              listen: 127.0.0.1:1
              servers:
               - 127.0.0.1:11:1
               - 127.0.0.1:12:1
            beta:
              listen: 127.0.0.1:2
              servers:
               - 127.0.0.1:11:1
            """;

    @TempDir Path directory;
    private Config config;
    private Path path;

    @BeforeEach
    void writeFile() throws IOException, ConfigException {
        config = ConfigFile.parse("test", TEXT).config();
        path = Files.write(directory.resolve("figures"), new byte[CounterFile.bytes(config)]);
    }

    @Test
    void whatOneWritesAnotherReads() throws IOException {
        CounterFile master = CounterFile.create(path);
        CounterFile worker = CounterFile.map(path);
        assertThat(worker.isOfThisVersion()).isTrue();

        worker.beat();
        worker.beat();
        WorkerFigures written = worker.figures(config);
        written.counters().set(WorkerMetric.HEAP_BYTES, 7);
        written.turns().record(3_000);
        written.pools().getFirst().counters().add(PoolMetric.FRAGMENTS, 5);
        written.pools().getFirst().servers().getLast().counters().add(ServerMetric.REQUESTS, 6);
        written.pools().getLast().servers().getFirst().latencies().record(9_000);

        assertThat(master.heartbeat()).isEqualTo(2);
        WorkerFigures read = master.figures(config);
        assertThat(read.counters().value(WorkerMetric.HEAP_BYTES)).isEqualTo(7);
        assertThat(read.turns().count(3)).isEqualTo(1);
        assertThat(read.pools().getFirst().counters().value(PoolMetric.FRAGMENTS)).isEqualTo(5);
        assertThat(read.pools().getLast().counters().value(PoolMetric.FRAGMENTS)).isZero();
        assertThat(requests(read.pools().getFirst(), 0)).isZero();
        assertThat(requests(read.pools().getFirst(), 1)).isEqualTo(6);
        assertThat(read.pools().getLast().servers().getFirst().latencies().greatestMicros())
                .isEqualTo(9);
    }

    @Test
    void theLastWordOfTheFileIsTheLastFigure() throws IOException {
        CounterFile file = CounterFile.create(path);
        file.figures(config).pools().getLast().servers().getLast().latencies().record(42_000);

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.nativeOrder());
        assertThat(bytes.getLong(bytes.capacity() - Long.BYTES)).isEqualTo(42);
    }

    @Test
    void tellsThatAnotherVersionHasMadeTheFile() throws IOException {
        CounterFile.create(path);
        byte[] bytes = Files.readAllBytes(path);
        bytes[0]++;
        Files.write(path, bytes);

        assertThat(CounterFile.map(path).isOfThisVersion()).isFalse();
    }

    private static long requests(PoolFigures pool, int server) {
        return pool.servers().get(server).counters().value(ServerMetric.REQUESTS);
    }
}
