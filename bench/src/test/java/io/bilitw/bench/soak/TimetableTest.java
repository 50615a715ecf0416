package io.bilitw.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimetableTest {

    @Test
    void spreadsTenMinutes() {
        Timetable ten = Timetable.of(Duration.ofMinutes(10));

        assertThat(ten.calmFrom()).isEqualTo(240);
        assertThat(ten.betweenReloads()).isEqualTo(20);
        assertThat(ten.lastReload()).isEqualTo(220);
        assertThat(ten.betweenRestarts()).isEqualTo(50);
        assertThat(ten.interval()).isEqualTo(5);
        assertThat(ten.looksAtHeaps()).startsWith(60.0, 240.0, 330.0);
    }

    @Test
    void judgesNoShortRun() {
        Timetable five = Timetable.of(Duration.ofMinutes(5));

        assertThat(five.isJudged(298)).isTrue(); // and a line is of 2.5 seconds
        assertThat(five.isJudged(297)).isFalse();
    }
}
