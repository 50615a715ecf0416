package io.bilitw.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.Config;
import io.bilitw.config.ConfigFile;
import io.bilitw.stats.Ledger;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.WorkerEntry;
import io.bilitw.stats.WorkerFigures;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SamplesTest {

    private static final String TEXT =
            "alpha:\n  listen: 127.0.0.1:1\n  servers:\n   - 127.0.0.1:11:1 a\n";

    private final Samples samples = new Samples();
    private WorkerFigures figures;
    private Ledger ledger;
    private long seconds = 1_000;

    @BeforeEach
    void openLedger() throws Exception {
        Config config = ConfigFile.parse("test", TEXT).config();
        figures = new WorkerFigures(config);
        ledger = new Ledger(config);
        ledger.open(new WorkerEntry(0, 1, config, figures, () -> 0));
    }

    @Test
    void keepsWhatHappenedInEachSecond() {
        work(7, 9_000_000);
        sample();
        work(100, 1_000_000);
        sample();
        sample();
        work(50, 2_000_000);
        sample();

        JsonNode json = json(0);
        assertThat(json.get("millis")).hasToString("[1001000,1002000,1003000]");
        JsonNode alpha = json.get("pools").get("alpha");
        assertThat(alpha.get("requests_per_second")).hasToString("[100.0,0.0,50.0]");
        assertThat(alpha.get("p99_us").get(0).asDouble()).isBetween(930.0, 1070.0);
        assertThat(alpha.get("p99_us").get(1).asDouble()).isZero();
        assertThat(alpha.get("p50_us").get(2).asDouble()).isBetween(1860.0, 2140.0);
        assertThat(alpha.get("errors_per_second").get(2).asDouble()).isEqualTo(1);
        JsonNode server = alpha.get("servers").get("a");
        assertThat(server.get(0).asDouble()).isEqualTo(50);
        assertThat(server.get(1).asDouble()).isBetween(930.0, 1070.0);
        assertThat(server.get(2).asDouble()).isBetween(930.0, 1070.0);
        assertThat(json(1_002_000).get("millis")).hasToString("[1003000]");
        assertThat(json(1_003_000).get("millis")).hasToString("[]");
    }

    @Test
    void forgetsWhatIsFiveMinutesOld() {
        for (int i = 0; i <= Samples.COUNT + 5; i++) {
            sample();
        }
        JsonNode json = json(0);
        assertThat(json.get("millis").size()).isEqualTo(Samples.COUNT);
        assertThat(json.get("millis").get(0).asLong()).isEqualTo(1_006_000);
        assertThat(json.at("/pools/alpha/p50_us").size()).isEqualTo(Samples.COUNT);
    }

    private void work(int requests, long nanos) {
        for (int i = 0; i < requests; i++) {
            figures.pools().getFirst().latencies().record(nanos);
            figures.pools().getFirst().servers().getFirst().latencies().record(nanos / 2);
        }
        figures.pools().getFirst().counters().add(PoolMetric.FORWARD_ERROR, 1);
        figures.pools()
                .getFirst()
                .servers()
                .getFirst()
                .counters()
                .add(ServerMetric.REQUESTS, requests);
    }

    private void sample() {
        samples.add(ledger.snapshot(), seconds * 1_000, seconds * 1_000_000_000);
        seconds++;
    }

    private JsonNode json(long sinceMillis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out);
        samples.write(json, sinceMillis);
        json.flush();
        return new JsonMapper().readTree(out.toString(UTF_8));
    }
}
