package io.bilitw.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlotTest {

    @Test
    void isRefilledAtOnceAndThenLaterAndLater() {
        Slot slot = new Slot();

        List<Long> millis =
                Stream.generate(() -> TimeUnit.NANOSECONDS.toMillis(slot.empty(0)))
                        .limit(10)
                        .toList();

        assertThat(millis)
                .containsExactly(0L, 100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L);
        assertThat(slot.isRefillDue(TimeUnit.SECONDS.toNanos(9))).isFalse();
        assertThat(slot.isRefillDue(TimeUnit.SECONDS.toNanos(10))).isTrue();
    }
}
