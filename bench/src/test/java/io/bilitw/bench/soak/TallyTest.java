package io.bilitw.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    private final Disturbances disturbances = new Disturbances();
    private final Tally tally = new Tally(disturbances);

    @Test
    void forgivesFailuresOnlyWhileAServerIsAway() {
        long before = System.nanoTime();
        tally.failed("a", "closed", before);
        disturbances.begin();
        tally.failed("b", "closed", before);
        disturbances.end();
        tally.failed("c", "closed", before);

        assertThat(tally.lost()).isEqualTo(1);
        assertThat(tally.explained()).isEqualTo(2);
        assertThat(tally.faults()).containsExactly(" 0:00:00 lost: a: closed");
    }

    @Test
    void forgivesNoWrongAnswer() {
        disturbances.begin();
        tally.wrong("a", "another's");

        assertThat(tally.wrong()).isEqualTo(1);
        assertThat(tally.faults()).containsExactly(" 0:00:00 wrong: a: another's");
    }

    @Test
    void countsByInterval() {
        tally.answered(3);
        tally.tookNanos(1000);
        Tally.Interval first = tally.take();
        tally.answered(4);

        assertThat(first.answered()).isEqualTo(3);
        assertThat(first.latencies().nanosAt(0.99)).isEqualTo(1000);
        assertThat(tally.take().answered()).isEqualTo(4);
        assertThat(tally.allAnswered()).isEqualTo(7);
    }
}
