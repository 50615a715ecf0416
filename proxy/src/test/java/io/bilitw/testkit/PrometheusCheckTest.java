package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusCheckTest {

    private static final String GOOD =
            """
            # HELP a_total what
            # TYPE a_total counter
            a_total{x="1"} 1
            a_total{x="q\\"\\\\\\n"} 2
            # HELP b_seconds what
            # TYPE b_seconds histogram
            b_seconds_bucket{le="0.1"} 1
            b_seconds_bucket{le="+Inf"} 3
            b_seconds_sum 0.5
            b_seconds_count 3
            """;

    @Test
    void readsWhatIsRight() {
        assertThat(PrometheusCheck.read(GOOD)).hasSize(6).containsEntry("a_total{x=\"1\"}", 1.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # HELP b_seconds what | # HELP a_total what | a second help
                    # HELP a_total what   | # x                 | neither a sample
                    {x="1"}               | {x="1" }            | a malformed label
                    {x="1"}               | {x="1",x="2"}       | a label comes twice
                    {x="q\\"\\\\\\n"}     | {x="1"}             | a series comes twice
                    b_seconds_count 3     | b_seconds_count 4   | the last bucket is not the count
                    le="+Inf"             | le="1"              | the last bucket is not the count
                    {le="0.1"} 1          | {le="0.1"} 4        | counts that fall
                    b_seconds_sum 0.5     | b_second 0.5        | not of this histogram
                    a_total counter       | a_total gauge       | _total is for counters
                    """)
    void refusesWhatIsNot(String right, String wrong, String fault) {
        assertThat(GOOD).contains(right);
        assertThatThrownBy(() -> PrometheusCheck.read(GOOD.replace(right, wrong)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(fault);
    }
}
