package io.bilitw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcessesTest {

    private static final OptionalInt ANY_NUMBER = OptionalInt.empty();
    private static final OptionalLong ANY_PROCESSOR = OptionalLong.empty();

    private static BitSet processors(int from, int to) {
        BitSet set = new BitSet();
        set.set(from, to);
        return set;
    }

    @Test
    void takesOneWorkerForEachProcessor() throws IOException {
        Processes chosen = Processes.choose(ANY_NUMBER, ANY_PROCESSOR, processors(4, 7), 3);

        assertThat(chosen.workers()).isEqualTo(3);
        assertThat(chosen.processors()).containsExactly(4, 5, 6);
    }

    @Test
    void putsWorkersOnTheBitsOfTheMask() throws IOException {
        Processes two =
                Processes.choose(OptionalInt.of(2), OptionalLong.of(12), processors(0, 4), 4);
        Processes one =
                Processes.choose(OptionalInt.of(1), OptionalLong.of(3), processors(0, 4), 4);
        Processes all = Processes.choose(ANY_NUMBER, OptionalLong.of(10), processors(0, 4), 4);

        assertThat(two.processors()).containsExactly(2, 3);
        assertThat(one.processors()).containsExactly(0);
        assertThat(all.processors()).containsExactly(1, 3);
    }

    @Test
    void doesNotChooseTheProcessorsOfAContainerThatHasTheTimeOfAFew() throws IOException {
        Processes chosen = Processes.choose(ANY_NUMBER, ANY_PROCESSOR, processors(0, 64), 2);

        assertThat(chosen.workers()).isEqualTo(2);
        assertThat(chosen.processors()).isEmpty();
    }

    @Test
    void refusesAMaskThatCannotBe() {
        assertThatThrownBy(
                        () -> Processes.choose(ANY_NUMBER, OptionalLong.of(4), processors(0, 2), 2))
                .hasMessageContaining("names processor 2, which this process cannot use");
        assertThatThrownBy(() ->
                        Processes.choose(
                                OptionalInt.of(2), OptionalLong.of(2), processors(0, 2), 2))
                .hasMessage(
                        "option -M value 2 names 1 processors (expected: one for each of 2"
                                + " workers)");
    }
}
