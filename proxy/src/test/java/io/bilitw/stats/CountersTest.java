package io.bilitw.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {

    private final Counters<PoolMetric> counters = new Counters<>(PoolMetric.class);

    @Test
    void beginsWithNothing() {
        for (PoolMetric metric : PoolMetric.values()) {
            assertThat(counters.value(metric)).as(metric.description()).isZero();
        }
    }

    @Test
    void countsEachFigureByItself() {
        counters.add(PoolMetric.CLIENT_EOF, 2);
        counters.add(PoolMetric.CLIENT_CONNECTIONS, 3);
        counters.add(PoolMetric.CLIENT_CONNECTIONS, -1);
        counters.set(PoolMetric.FRAGMENTS, 7);

        assertThat(counters.toString())
                .startsWith(
                        "client_eof=2 client_err=0 client_connections=2 server_ejects=0"
                                + " forward_error=0 fragments=7 ");
    }
}
