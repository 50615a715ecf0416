package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadSamplesTest {

    private static final long SECOND = 1_000_000_000;

    private final long startNanos = System.nanoTime() - SECOND;
    private final LoadSamples samples = new LoadSamples(startNanos);

    @Test
    void countsOnlyWhatEndedInTheTime() {
        LoadSamples.Recorder recorder = samples.recorder();
        for (int i = 0; i < 3_000; i++) {
            recorder.add(System.nanoTime());
        }
        recorder.add(startNanos);
        assertThat(samples.between(startNanos, System.nanoTime()).max())
                .isGreaterThanOrEqualTo(SECOND / 1_000);
        assertThatThrownBy(() -> samples.between(startNanos, startNanos + SECOND / 2))
                .hasMessageContaining("no round trip ended between 0 and 500000 us");
    }

    @Test
    void takesThePercentileFromTheSampleThatReachesIt() {
        LoadSamples.Recorder recorder = samples.recorder();
        long now = System.nanoTime();
        for (int i = 1; i <= 100; i++) {
            recorder.add(now - i * SECOND / 10); // Each a tenth of a second longer.
        }
        CheckedLoad.Latency latency = samples.between(startNanos, System.nanoTime());
        assertThat(latency.p50()).isBetween(5_000_000L, 5_090_000L);
        assertThat(latency.p99()).isBetween(9_900_000L, 9_990_000L);
        assertThat(latency.max()).isBetween(10_000_000L, 10_090_000L);
    }

    @Test
    void stopsRecordingAfterTwoMillion() {
        LoadSamples.Recorder recorder = samples.recorder();
        for (int i = 0; i < 2_000_000; i++) {
            recorder.add(System.nanoTime());
        }
        recorder.add(startNanos);
        assertThat(samples.between(startNanos, System.nanoTime()).max()).isLessThan(SECOND / 1_000);
    }
}
