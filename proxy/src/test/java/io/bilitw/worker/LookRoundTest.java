package io.bilitw.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.Config;
import io.bilitw.config.ConfigFile;
import io.bilitw.stats.CounterFile;
import io.bilitw.stats.SlowLog;
import io.bilitw.stats.WorkerFigures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookRoundTest {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final long SETTLE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(4).toNanos();

    @TempDir Path directory;

    @Test
    void showsThatAnIdleWorkerLivesWithinTheMastersPatienceAndNoMoreOften() throws Exception {
        Config config =
                ConfigFile.parse(
                                "test",
                                "a:\n  listen: 127.0.0.1:1\n  servers:\n   - 127.0.0.1:2:1\n")
                        .config();
        CounterFile patient = figures(config, "patient");
        CounterFile impatient = figures(config, "impatient");
        Worker one = start(config, patient, Duration.ofSeconds(10));
        Worker other = start(config, impatient, Duration.ofSeconds(1));
        try {
            LockSupport.parkNanos(SETTLE_NANOS); // the first rounds are in quick succession
            long before = patient.heartbeat();
            long impatientBefore = impatient.heartbeat();
            LockSupport.parkNanos(IDLE_NANOS);

            assertThat(patient.heartbeat() - before).isBetween(1L, 3L);
            assertThat(impatient.heartbeat() - impatientBefore).isGreaterThanOrEqualTo(4);
        } finally {
            one.stop();
            other.stop();
        }
    }

    private CounterFile figures(Config config, String name) throws Exception {
        Path file = Files.write(directory.resolve(name), new byte[CounterFile.bytes(config)]);
        return CounterFile.create(file);
    }

    /** Starts a worker with an event loop and without pools. */
    private static Worker start(Config config, CounterFile file, Duration patience) {
        WorkerFigures figures = file.figures(config);
        Worker worker = new Worker(BUFFER_BYTES, figures, SlowLog.inProcess(), List.of());
        new LookRound(worker, new Vitals(figures.counters(), () -> 0), file, patience).start();
        return worker;
    }
}
