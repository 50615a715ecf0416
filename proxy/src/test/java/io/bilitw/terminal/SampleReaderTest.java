package io.bilitw.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Documents of stats ports, and what is none. */
class SampleReaderTest {

    @Test
    void readsWhatTwemproxySays() {
        Sample sample = Samples.read(Samples.NUTCRACKER);

        assertThat(sample.service()).isEqualTo("nutcracker");
        assertThat(sample.version()).isEqualTo("0.5.0");
        assertThat(sample.figures().get(Figure.UPTIME)).isEqualTo(2);
        assertThat(sample.figures().get(Figure.RELOADS)).isEqualTo(Figures.MISSING);
        assertThat(sample.workers()).isEmpty();
        Sample.Pool pool = sample.pools().getFirst();
        assertThat(pool.name()).isEqualTo("mc");
        assertThat(pool.figures().get(Figure.CLIENT_CONNECTIONS)).isEqualTo(1);
        Sample.Server server = pool.servers().getFirst();
        assertThat(server.name()).isEqualTo("127.0.0.1:27060");
        assertThat(server.figures().get(Figure.REQUEST_BYTES)).isEqualTo(28);
        assertThat(server.figures().get(Figure.GET_HITS)).isEqualTo(Figures.MISSING);
    }

    @Test
    void readsWorkers() {
        Sample.Worker worker = Samples.bilitw(1, 0, 0).workers().getFirst();

        assertThat(worker.state()).isEqualTo("serving");
        assertThat(worker.figures().get(Figure.PID)).isEqualTo(4711);
        assertThat(worker.figures().get(Figure.HEARTBEAT_AGE_MS)).isEqualTo(4);
    }

    @Test
    void skipsWhatItDoesNotKnow() {
        Sample sample =
                Samples.read(
                        """
                        {"service":"x", "a":[1, {"b":[2]}], "c":null, "d":1.5, "uptime":"soon", \
                        "workers":[7, {"pid":1, "more":{"pid":2}}], \
                        "p":{"list":[{}], "s":{"deep":{"requests":9}, "requests":3}}} trailing
                        """);

        assertThat(sample.figures().get(Figure.UPTIME)).isEqualTo(Figures.MISSING);
        assertThat(sample.workers()).hasSize(1);
        assertThat(sample.workers().getFirst().figures().get(Figure.PID)).isEqualTo(1);
        Sample.Pool pool = sample.pools().getFirst();
        assertThat(pool.servers()).hasSize(1);
        assertThat(pool.servers().getFirst().figures().get(Figure.REQUESTS)).isEqualTo(3);
    }

    @Test
    void takesOrdersToTheTerminalFromNames() {
        Sample sample =
                Samples.read("{\"service\":\"a\\u001b[2Jb\", \"p\\u0007\":{\"s\\u009b\":{}}}");

        assertThat(sample.service()).isEqualTo("a?[2Jb");
        assertThat(sample.pools().getFirst().name()).isEqualTo("p?");
        assertThat(sample.pools().getFirst().servers().getFirst().name()).isEqualTo("s?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{}", "{\"status\":\"ok\"}"})
    void knowsOtherDocuments(String text) {
        assertThat(SampleReader.read(new ByteArrayInputStream(text.getBytes(UTF_8)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR unknown command",
                "{\"service\":\"bilitw\", \"workers\":[",
                "{\"service\":\"bilitw\", \"p\":{\"s\":{",
                "{\"service\":\"bilitw\", \"uptime\":99999999999999999999}"
            })
    void refusesWhatIsCutOrNoJson(String text) {
        assertThatThrownBy(() -> Samples.read(text)).isInstanceOf(JacksonException.class);
    }
}
