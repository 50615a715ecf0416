package io.bilitw.bench.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void findsLeastMiddleAndGreatest() {
        assertThat(Spread.of(5, 1, 9, 7, 3)).isEqualTo(new Spread(1, 5, 9));
    }

    @Test
    void takesTheLowerMiddleOfAnEvenNumber() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(1, 2, 4));
        assertThat(Spread.of(6)).isEqualTo(new Spread(6, 6, 6));
    }
}
