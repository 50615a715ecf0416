package io.bilitw.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What figures have become more. */
class RatesTest {

    @Test
    void dividesTheGrowthByTheTime() {
        Rates rates = Rates.between(requests(100), requests(350), 2.5);

        assertThat(rates.growth(Figure.REQUESTS)).isEqualTo(250);
        assertThat(rates.perSecond(Figure.REQUESTS)).isEqualTo(100);
    }

    @Test
    void addsUpSeveralCounters() {
        Figures before = Figures.none();
        before.set(Figure.SERVER_ERR, 1);
        before.set(Figure.SERVER_EOF, 100);
        Figures now = Figures.none();
        now.set(Figure.SERVER_ERR, 3);
        now.set(Figure.SERVER_EOF, 5); // has begun again, the other has not

        assertThat(Rates.between(before, now, 1).growth(Figure.SERVER_ERR, Figure.SERVER_EOF))
                .isEqualTo(7);
    }

    @Test
    void isNeverNegative() {
        Rates rates = Rates.between(requests(1000), requests(30), 1);

        assertThat(rates.perSecond(Figure.REQUESTS)).isEqualTo(30);
    }

    @Test
    void countsFromZeroWhatWasNotThere() {
        assertThat(Rates.between(null, requests(30), 1).perSecond(Figure.REQUESTS)).isEqualTo(30);
        assertThat(Rates.between(Figures.none(), requests(30), 1).perSecond(Figure.REQUESTS))
                .isEqualTo(30);
    }

    @Test
    void doesNotKnowWhatIsMissing() {
        Rates rates = Rates.between(requests(1), requests(2), 10);

        assertThat(rates.perSecond(Figure.REQUESTS, Figure.GET_HITS)).isEqualTo(Figures.MISSING);
        assertThat(rates.meanMicros()).isEqualTo(Figures.MISSING);
    }

    @Test
    void takesTheMeanOfTheInterval() {
        Figures before = latencies(1000, 9_000_000);
        assertThat(Rates.between(before, latencies(1004, 9_000_500), 1).meanMicros())
                .isEqualTo(125);
        assertThat(Rates.between(before, before, 1).meanMicros()).isEqualTo(Figures.MISSING);
    }

    private static Figures requests(long requests) {
        Figures figures = Figures.none();
        figures.set(Figure.REQUESTS, requests);
        return figures;
    }

    private static Figures latencies(long count, long sumMicros) {
        Figures figures = Figures.none();
        figures.set(Figure.LATENCY_COUNT, count);
        figures.set(Figure.LATENCY_SUM_US, sumMicros);
        return figures;
    }
}
