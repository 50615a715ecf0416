package io.bilitw.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LiveHeapTest {

    private static final String HISTOGRAM =
            """
            18442:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:          %d        1048576  [B (java.base@25.0.3)
               2:           100           %d  io.bilitw.client.ClientSession
               3:             1           8000  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
            Total          1234        1050000
            """;

    @Test
    void namesWhatHasGrown() throws IOException {
        LiveHeap before = LiveHeap.parse(HISTOGRAM.formatted(1, 1024));
        LiveHeap after = LiveHeap.parse(HISTOGRAM.formatted(2, 1 << 20));

        assertThat(after.megabytes()).isEqualTo(2);
        assertThat(after.grownSince(before))
                .isEqualTo("io.bilitw.client.ClientSession +1047552 bytes");
        assertThat(before.grownSince(after)).isEmpty();
    }

    @Test
    void refusesAnAnswerWithoutClasses() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> LiveHeap.parse("No such process\n"))
                .withMessage("jcmd names no classes: No such process");
    }
}
