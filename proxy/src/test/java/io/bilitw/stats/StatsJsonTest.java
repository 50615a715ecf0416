package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.config.Config;
import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the ledger adds up and how it is written. */
class StatsJsonTest {

    /** What nutcracker 0.5.0 said of one pool with one server. */
    private static final String TWEMPROXYS =
            """
            {"service":"nutcracker", "source":"vm", "version":"0.5.0", "uptime":2, \
            "timestamp":1795348019, "total_connections":48, "curr_connections":7, \
            "mc": {"client_eof":0, "client_err":0, "client_connections":1, "server_ejects":0, \
            "forward_error":0, "fragments":0, "127.0.0.1:27060": {"server_eof":0, \
            "server_err":0, "server_timedout":0, "server_connections":1, \
            "server_ejected_at":0, "requests":2, "request_bytes":28, "responses":2, \
            "response_bytes":29, "in_queue":0, "in_queue_bytes":0, "out_queue":0, \
            "out_queue_bytes":0}}}
            """;

    private static final String TEXT =
            """
            mc:
              listen: 127.0.0.1:1
              servers:
               - 127.0.0.1:27060:1
               - '127.0.0.1:27061:1 with-a-longer-"\\name'
            """;

    private final Config config = config(TEXT);
    private final Ledger ledger = new Ledger(config);

    @Test
    void hasWhatTwemproxyHasInItsOrder() {
        JsonNode theirs = new JsonMapper().readTree(TWEMPROXYS);
        JsonNode ours = write();
        assertThat(numbers(ours)).startsWith(numbers(theirs).toArray(String[]::new));
        assertThat(numbers(ours.get("mc")))
                .startsWith(numbers(theirs.get("mc")).toArray(String[]::new));
        assertThat(numbers(ours.get("mc").get("127.0.0.1:27060")))
                .startsWith(
                        numbers(theirs.get("mc").get("127.0.0.1:27060")).toArray(String[]::new));
    }

    @Test
    void everyObjectIsAPoolOrAServer() {
        assertThat(objects(write())).containsExactly("mc");
        assertThat(objects(write().get("mc")))
                .containsExactly("127.0.0.1:27060", "with-a-longer-\"\\name");
        write().get("mc").forEach(server -> assertThat(objects(server)).isEmpty());
    }

    @Test
    void addsUpWorkersAndKeepsWhatTheDeadHaveCounted() {
        WorkerFigures one = worker(0);
        WorkerFigures two = worker(1);
        assertThat(server().get("requests").asLong()).isEqualTo(20);
        assertThat(server().get("server_connections").asLong()).isEqualTo(6);
        assertThat(server().get("server_ejected_at").asLong()).isEqualTo(1001);
        assertThat(write().get("total_connections").asLong()).isEqualTo(1 + 2 * (5 + 7));

        ledger.close(entries.getFirst());

        assertThat(server().get("requests").asLong()).isEqualTo(20);
        assertThat(server().get("server_connections").asLong()).isEqualTo(3);
        assertThat(server().get("server_ejected_at").asLong()).isEqualTo(1001);
        assertThat(server().get("latency_count").asLong()).isEqualTo(2);
        assertThat(server().get("latency_max_us").asLong()).isEqualTo(5);
        one.pools().getFirst().servers().getFirst().counters().add(ServerMetric.REQUESTS, 100);
        two.pools().getFirst().servers().getFirst().counters().add(ServerMetric.REQUESTS, 1);
        assertThat(server().get("requests").asLong()).isEqualTo(21);
        assertThat(write().get("workers").size()).isEqualTo(1);
    }

    @Test
    void aReloadThatChangesServersKeepsThoseThatStay() {
        worker(0);
        Config next =
                config(
                        """
                        mc:
                          listen: 127.0.0.1:1
                          servers:
                           - 127.0.0.1:27062:1
                           - 127.0.0.1:27060:1
                        """);
        ledger.serve(next);
        ledger.close(entries.getFirst());

        assertThat(objects(write().get("mc")))
                .containsExactly("127.0.0.1:27060", "127.0.0.1:27062");
        assertThat(server().get("requests").asLong()).isEqualTo(10);
        assertThat(write().get("reloads").asLong()).isEqualTo(1);
    }

    @Test
    void aPoolThatComesBackBeginsAnew() {
        worker(0);
        ledger.close(entries.getFirst());
        ledger.serve(config(TEXT.replace("mc:", "other:")));
        assertThat(objects(write())).containsExactly("other");
        ledger.serve(config);

        assertThat(server().get("requests").asLong()).isZero();
    }

    private final List<WorkerEntry> entries = new ArrayList<>();

    private WorkerFigures worker(int index) {
        WorkerFigures figures = new WorkerFigures(config);
        WorkerEntry entry = new WorkerEntry(index, 100 + index, config, figures, () -> 0);
        entries.add(entry);
        ledger.open(entry);
        figures.pools().getFirst().counters().add(PoolMetric.CLIENT_ACCEPTS, 5);
        ServerFigures server = figures.pools().getFirst().servers().getFirst();
        server.counters().add(ServerMetric.REQUESTS, 10);
        server.counters().add(ServerMetric.SERVER_CONNECTS, 7);
        server.counters().add(ServerMetric.SERVER_CONNECTIONS, 3);
        server.counters().set(ServerMetric.SERVER_EJECTED_AT, 1000 + index);
        server.latencies().record(5_000);
        return figures;
    }

    private JsonNode server() {
        return write().get("mc").get("127.0.0.1:27060");
    }

    private JsonNode write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StatsJson(ledger.snapshot(), "1.2.3", "here").write(out);
        String text = out.toString(UTF_8);
        assertThat(text).matches("\\{[^\\n]*}\\n").contains("\"version\":\"1.2.3\", \"uptime\":");
        return new JsonMapper().readTree(text);
    }

    private static List<String> numbers(JsonNode node) {
        return node.propertyStream()
                .filter(property -> property.getValue().isValueNode())
                .map(property -> property.getKey())
                .toList();
    }

    private static List<String> objects(JsonNode node) {
        return node.propertyStream()
                .filter(property -> property.getValue().isObject())
                .map(property -> property.getKey())
                .toList();
    }

    private static Config config(String text) {
        try {
            return ConfigFile.parse("test", text).config();
        } catch (ConfigException e) {
            throw new IllegalArgumentException(String.valueOf(e.problems()), e);
        }
    }
}
