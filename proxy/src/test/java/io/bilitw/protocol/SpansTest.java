package io.bilitw.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpansTest {

    private final Spans spans = new Spans();

    @Test
    void growsAndKeepsWhatIsThere() {
        for (int i = 0; i < 5000; i++) {
            spans.add(i, 2 * i);
        }
        assertThat(spans.size()).isEqualTo(5000);
        for (int i = 0; i < 5000; i++) {
            assertThat(spans.from(i)).isEqualTo(i);
            assertThat(spans.to(i)).isEqualTo(2 * i);
        }
    }

    @Test
    void forgets() {
        spans.add(1, 2);
        spans.add(3, 4);
        spans.removeLast();
        spans.add(5, 6);
        assertThat(spans.from(1)).isEqualTo(5);
        spans.clear();
        assertThat(spans.size()).isZero();
    }
}
