package io.bilitw.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RandomChoiceTest {

    private static final int DRAWS = 30_000;

    /** A server drawn with chance 1/3 lies 30 deviations within these bounds. */
    @Test
    void drawsEachLiveServerAsOftenWhateverItsWeight() {
        RandomChoice choice =
                RandomChoice.over(
                        List.of(
                                new LiveServer(0, "a", 1),
                                new LiveServer(2, "b", 1000),
                                new LiveServer(5, "c", Integer.MAX_VALUE)));
        int[] drawn = new int[6];
        for (int i = 0; i < DRAWS; i++) {
            drawn[choice.serverIndex(7)]++;
        }

        assertThat(drawn[0]).isBetween(DRAWS / 4, DRAWS / 2);
        assertThat(drawn[2]).isBetween(DRAWS / 4, DRAWS / 2);
        assertThat(drawn[5]).isBetween(DRAWS / 4, DRAWS / 2);
        assertThat(drawn[0] + drawn[2] + drawn[5]).isEqualTo(DRAWS);
        assertThat(choice.describe(7)).isEqualTo("random");
    }
}
