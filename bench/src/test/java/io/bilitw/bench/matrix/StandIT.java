package io.bilitw.bench.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.process.Children;
import io.bilitw.bench.process.ProcessFigures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StandIT {

    private static final Path HOME = Path.of(System.getProperty("bilitw.home"));
    private static final BenchRow ROW = BenchRow.ALL.getFirst();

    @Test
    void servesLoadsAtAFixedRate() throws Exception {
        try (Children children = new Children()) {
            Stand stand = new Stand(HOME, children, LoadProtocol.REDIS);
            Peer bilitw = stand.startBilitw(1, Stand.PROXIES_PROCESSOR);
            stand.fill(ROW, bilitw);

            Sample sample =
                    Matrix.turn(
                            bilitw, ROW.options(bilitw.port(), "--rate 1000", "--requests 200"));

            assertThat(bilitw.pids()).hasSize(2);
            assertThat(sample.processorNanos()).isPositive();
            assertThat(sample.load().requests()).isEqualTo(200);
            assertThat(sample.load().perSecond()).isLessThan(1010);
            assertThat(ProcessFigures.residentMegabytes(bilitw.workers().getFirst())).isPositive();
            assertThat(ProcessFigures.allocatedBytes(bilitw.workers().getFirst())).isPositive();
        }
    }
}
