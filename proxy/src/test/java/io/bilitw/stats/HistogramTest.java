package io.bilitw.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

    private static final double MAX_ERROR = 0.07;

    @Test
    void rangesFollowEachOtherWithoutGap() {
        for (int bucket = 0; bucket < Histogram.BUCKETS; bucket++) {
            assertThat(Histogram.bucketOf(Histogram.lowest(bucket))).isEqualTo(bucket);
            if (bucket > 0) {
                assertThat(Histogram.bucketOf(Histogram.lowest(bucket) - 1)).isEqualTo(bucket - 1);
            }
        }
    }

    @Test
    void takesWhatIsOutOfItsRange() {
        assertThat(Histogram.bucketOf(Long.MAX_VALUE)).isEqualTo(Histogram.BUCKETS - 1);
        Histogram histogram = new Histogram();
        histogram.record(-5);
        assertThat(histogram.count(0)).isEqualTo(1);
        assertThat(Histogram.lowest(Histogram.BUCKETS - 1)).isGreaterThan(60_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 999, 1_000_000, 30_000_000})
    void isNeverFarOff(long scale) {
        Random random = new Random(scale);
        Histogram histogram = new Histogram();
        long[] micros = new long[10_001];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = scale + random.nextLong(scale);
            histogram.record(micros[i] * 1000 + random.nextLong(1000));
        }
        Arrays.sort(micros);
        Latencies latencies = new Latencies();
        latencies.add(histogram);

        for (double share : new double[] {0.5, 0.9, 0.99, 0.999}) {
            long exact = micros[(int) Math.ceil(share * micros.length) - 1];
            assertThat((double) latencies.percentileMicros(share))
                    .as("p%s of %s", share, scale)
                    .isBetween(exact * (1 - MAX_ERROR), exact * (1 + MAX_ERROR));
        }
        assertThat(latencies.greatestMicros()).isEqualTo(micros[micros.length - 1]);
        assertThat(latencies.sumMicros()).isEqualTo(Arrays.stream(micros).sum());
        assertThat(latencies.count()).isEqualTo(micros.length);
    }

    @Test
    void severalAddUp() {
        Histogram fast = new Histogram();
        Histogram slow = new Histogram();
        for (int i = 0; i < 90; i++) {
            fast.record(1_000);
        }
        for (int i = 0; i < 10; i++) {
            slow.record(2_000_000);
        }
        Latencies both = new Latencies();
        both.add(fast);
        both.add(slow);
        both.add(new Histogram());

        assertThat(both.count()).isEqualTo(100);
        assertThat(both.percentileMicros(0.5)).isEqualTo(1);
        assertThat(both.percentileMicros(0.99)).isBetween(1900L, 2000L);
        assertThat(both.countBelow(16)).isEqualTo(90);
    }

    @Test
    void nothingTookNoTime() {
        assertThat(new Latencies().percentileMicros(0.99)).isZero();
    }

    @Test
    void tellsWhatIsNewSinceAnEarlierLook() {
        Histogram histogram = new Histogram();
        histogram.record(40_000_000);
        Latencies before = new Latencies();
        before.add(histogram);
        histogram.record(1_000_000);
        histogram.record(1_000_000);
        Latencies after = new Latencies();
        after.add(histogram);

        Latencies more = after.since(before);
        assertThat(more.count()).isEqualTo(2);
        assertThat(more.sumMicros()).isEqualTo(2_000);
        assertThat(more.percentileMicros(0.99)).isBetween(930L, 1070L);
        assertThat(more.greatestMicros()).isBetween(1_000L, 1_070L);
        assertThat(after.since(after).percentileMicros(0.5)).isZero();
        assertThat(after.since(new Latencies()).count()).isEqualTo(3);
    }
}
