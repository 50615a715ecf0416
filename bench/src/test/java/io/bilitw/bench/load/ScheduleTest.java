package io.bilitw.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void spreadsRequestsEvenly() {
        Schedule schedule = Schedule.from(5_000, 4, 0);

        assertThat(schedule.dueNanos(0, 77)).isEqualTo(5_000);
        assertThat(schedule.dueNanos(6, 77)).isEqualTo(1_500_005_000);
    }

    @Test
    void hasARequestDueAtOnceWithoutARate() {
        assertThat(Schedule.from(5_000, 0, 0).dueNanos(6, 77)).isEqualTo(77);
    }

    @Test
    void endsAfterItsTime() {
        assertThat(Schedule.from(5_000, 0, 2).isOver(2_004_999)).isFalse();
        assertThat(Schedule.from(5_000, 0, 2).isOver(2_005_000)).isTrue();
        assertThat(Schedule.from(5_000, 0, 0).isOver(Long.MAX_VALUE / 4)).isFalse();
    }
}
