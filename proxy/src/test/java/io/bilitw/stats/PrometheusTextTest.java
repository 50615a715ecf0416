package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.Config;
import io.bilitw.config.ConfigFile;
import io.bilitw.testkit.PrometheusCheck;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusTextTest {

    private static final String TEXT =
            """
            alfa:
              listen: 127.0.0.1:1
              servers:
               - 127.0.0.1:11:1 "a\\b"
               - 127.0.0.1:12:1 b
            beta:
              listen: 127.0.0.1:2
              servers:
               - 127.0.0.1:11:1
            """;

    private Config config;
    private WorkerFigures figures;
    private Ledger ledger;

    @BeforeEach
    void openLedger() throws Exception {
        config = ConfigFile.parse("test", TEXT).config();
        figures = new WorkerFigures(config);
        ledger = new Ledger(config);
        ledger.open(new WorkerEntry(0, 4711, config, figures, () -> 1_500_000_000));
    }

    @Test
    void showsEachRowOfEachTable() throws Exception {
        figures.counters().set(WorkerMetric.GC_MILLIS, 1234);
        PoolFigures alfa = figures.pools().getFirst();
        alfa.counters().add(PoolMetric.REQUESTS_READ, 3);
        alfa.counters().add(PoolMetric.FRAGMENTS, 4);
        alfa.servers().getLast().counters().set(ServerMetric.SERVER_EJECTED_AT, 1_000_000_500_000L);
        alfa.servers().getLast().counters().add(ServerMetric.REQUESTS, 5);

        Map<String, Double> series = read();

        assertThat(series)
                .containsEntry("bilitw_worker_gc_seconds_total", 1.234)
                .containsEntry("bilitw_requests_total{pool=\"alfa\",kind=\"read\"}", 3.0)
                .containsEntry("bilitw_pool_fragments_total{pool=\"alfa\"}", 4.0)
                .containsEntry("bilitw_workers{state=\"starting\"}", 1.0)
                .containsEntry("bilitw_worker_heartbeat_age_seconds{worker=\"0\"}", 1.5);
        assertThat(series.entrySet())
                .anyMatch(it ->
                        it.getKey().startsWith("bilitw_server_requests_total{pool=\"alfa\"")
                                && it.getValue() == 5)
                .anyMatch(it ->
                        it.getKey().startsWith("bilitw_server_ejected_timestamp_seconds{")
                                && it.getValue() == 1_000_000.5);
        int histograms = (1 + 2 + 3) * (PrometheusWriter.BOUNDS_MICROS.length + 3);
        assertThat(series)
                .hasSize(
                        9 // of the master, and of its workers by state and number
                                + WorkerMetric.values().length
                                + 2 * PoolMetric.values().length
                                + 3 * ServerMetric.values().length
                                + histograms
                                + (1 + 2 + 3) * 7); // summaries: five quantiles, sum, count
    }

    @Test
    void escapesNames() throws Exception {
        assertThat(config.pools().getFirst().servers().getLast().name()).isEqualTo("\"a\\b\"");
        assertThat(text()).contains("{pool=\"alfa\",server=\"\\\"a\\\\b\\\"\"} 0\n");
        assertThat(PrometheusWriter.label("a", "x\n")).isEqualTo("a=\"x\\n\"");
    }

    @Test
    void countsTimesBelowEachBoundExactly() throws Exception {
        Histogram times = figures.pools().getFirst().latencies();
        times.record(127_999);
        times.record(128_000);
        times.record(90_000_000_000L);

        Map<String, Double> series = read();

        String name = "bilitw_request_duration_seconds";
        assertThat(series)
                .containsEntry(name + "_bucket{pool=\"alfa\",le=\"0.000128\"}", 1.0)
                .containsEntry(name + "_bucket{pool=\"alfa\",le=\"0.000256\"}", 2.0)
                .containsEntry(name + "_bucket{pool=\"alfa\",le=\"8.388608\"}", 2.0)
                .containsEntry(name + "_bucket{pool=\"alfa\",le=\"+Inf\"}", 3.0)
                .containsEntry(name + "_sum{pool=\"alfa\"}", 90.000255);
    }

    @Test
    void tellsQuantilesAndTheLongestOfAllTimes() throws Exception {
        Histogram times = figures.pools().getFirst().servers().getFirst().latencies();
        for (int i = 0; i < 99; i++) {
            times.record(1_000_000);
        }
        times.record(70_000_000_000L);

        Map<String, Double> series = read();

        String server =
                "pool=\"alfa\",server=\""
                        + config.pools().getFirst().servers().getFirst().name()
                        + "\"";
        String name = "bilitw_server_latency_seconds";
        assertThat(series.get(name + "{" + server + ",quantile=\"0.99\"}"))
                .isBetween(0.00093, 0.00107);
        assertThat(series)
                .containsEntry(name + "{" + server + ",quantile=\"1\"}", 70.0)
                .containsEntry(name + "_count{" + server + "}", 100.0);
    }

    @Test
    void boundsBeginRangesOfTheHistogram() {
        for (long bound : PrometheusWriter.BOUNDS_MICROS) {
            assertThat(Histogram.lowest(Histogram.bucketOf(bound))).isEqualTo(bound);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,6,0", "1,6,0.000001", "1500000,6,1.5", "128,0,128", "-25,1,-2.5", "30,1,3"})
    void writesDecimalFractions(long value, int decimals, String text) {
        assertThat(PrometheusWriter.decimal(value, decimals)).isEqualTo(text);
    }

    private Map<String, Double> read() throws Exception {
        return PrometheusCheck.read(text());
    }

    private String text() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PrometheusText(ledger.snapshot(), "1.2.3").write(out);
        return out.toString(UTF_8);
    }
}
