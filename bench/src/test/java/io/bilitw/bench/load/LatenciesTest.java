package io.bilitw.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void findsTheShares() {
        for (int i = 1; i <= 100_000; i++) {
            latencies.add(i * 1000L);
        }

        assertThat(latencies.nanosAt(0.5)).isCloseTo(50_000_000, within(50_000_000L / 128));
        assertThat(latencies.nanosAt(0.999)).isCloseTo(99_900_000, within(99_900_000L / 128));
        assertThat(latencies.nanosAt(1)).isEqualTo(100_000_000);
        assertThat(latencies.maxNanos()).isEqualTo(100_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 127, 128, 255, 256, 257, 511, 512, 65_535, 65_536, 1L << 40, 1L << 62})
    void keepsATimeToOnePartIn128(long nanos) {
        latencies.add(nanos);
        latencies.add(Long.MAX_VALUE);

        assertThat(latencies.nanosAt(0.5)).isBetween(nanos, nanos + nanos / 128);
    }

    @Test
    void sayZeroOfNothing() {
        assertThat(new Latencies().nanosAt(0.99)).isZero();
    }
}
