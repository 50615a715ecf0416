package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "abc, abd, 1",
        "abc, abcd, 1",
        "abcd, abd, 1",
        "hsah, hash, 1",
        "kitten, sitting, 3"
    })
    void countsEdits(String from, String to, int edits) {
        assertThat(Spelling.edits(from, to)).isEqualTo(edits);
        assertThat(Spelling.edits(to, from)).isEqualTo(edits);
    }

    @Test
    void prefersTheNearestWord() {
        assertThat(Spelling.suggestion("fnv1a64", List.of("fnv1_64", "fnv1a_64", "fnv1a_32")))
                .isEqualTo(", did you mean 'fnv1a_64'?");
    }

    @Test
    void suggestsNothingForAFarWord() {
        assertThat(Spelling.suggestion("sentinels", List.of("servers", "listen"))).isEmpty();
    }

    @Test
    void suggestsNothingForAMonstrousWord() {
        assertThat(Spelling.suggestion("x".repeat(100_000), List.of("servers"))).isEmpty();
    }
}
