package io.bilitw.bench.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.bench.load.Latencies;
import io.bilitw.bench.load.LoadResult;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class ReportsTest {

    private static final BenchRow ROW = BenchRow.ALL.getFirst();

    private final RowResult good =
            new RowResult(
                    ROW,
                    samples(9_000, 8_000, 12_000),
                    samples(10_000, 10_000, 11_000),
                    samples(0, 0, 0),
                    samples(9_000, 8_000, 12_000),
                    samples(10_000, 10_000, 11_000),
                    List.of("nutcracker: Late."));
    private final RowResult failed = RowResult.failed(BenchRow.ALL.get(1), "bilitw: No.");

    @Test
    void comparesTheMediansOfBothProxies() {
        assertThat(good.ratio()).isEqualTo(0.9);
        assertThat(good.ratios()).isEqualTo(new Spread(0.8, 0.9, 12.0 / 11));
    }

    @ParameterizedTest
    @CsvSource({"0.85, aim", "0.86, must", "1.00, must", "1.01, MISSED"})
    void saysWhatWasReached(double ratio, String verdict) {
        assertThat(Goal.LEVEL.verdict(ratio)).isEqualTo(verdict);
        assertThat(Goal.NONE.verdict(ratio)).isEqualTo("-");
    }

    @Test
    void writesALineOfCsvForEachPeer() {
        List<String> lines = CsvReport.lines(List.of(good, failed));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(1))
                .isEqualTo(
                        "redis,get,50,1,32,bilitw,3,8000,9000,12000,100,2.05,3.00,3.00,"
                                + "50,2.05,3.00,3.00,0.90,0.80,1.09,1.00,0.85,must,1");
        assertThat(lines.get(3))
                .isEqualTo("redis,get,50,1,32,no proxy,3,,,,100,2.05,3.00,3.00,,,,,,,,,,,");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(25));
    }

    @Test
    void writesTheTablesAsText() {
        assertThat(TextReport.time(good).replaceAll(" +", " "))
                .isEqualTo(
                        "redis get 32B c50 p1 8.00 9.00 12.00 10.00 10.00 11.00"
                                + " 0.90 0.80-1.09 1.00 0.85 must"
                                + " (turns repeated: 1, the last as nutcracker: Late.)");
        assertThat(TextReport.time(failed).replaceAll(" +", " "))
                .isEqualTo("redis set 32B c50 p1 FAILED: bilitw: No.");
        assertThat(TextReport.loads(List.of(good, failed))).hasSize(5);
    }

    @Test
    void writesLatenciesAtHalfOfWhatNutcrackerSustains() {
        assertThat(TextReport.latencies(List.of(good, failed)))
                .hasSize(4)
                .last()
                .asString()
                .matches("redis get 32B c50 p1 +50 +2 +3 +3 +2 +3 +3 +yes +yes *");
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 5, 3, yes", "4, 4, 4, 5, level", "4, 4, 4, 3, ABOVE"})
    void saysWhetherALatencyIsAbove(
            double least, double ours, double most, double theirsMost, String verdict) {
        LatencyPair pair =
                new LatencyPair(new Spread(least, ours, most), new Spread(3, 3, theirsMost));

        assertThat(pair.verdict()).isEqualTo(verdict);
    }

    @Test
    void drawsABarForEachRowThatHasFigures() throws Exception {
        Document svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        SvgPlot.of(List.of(good, failed)).getBytes(UTF_8)));

        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(svg.getDocumentElement().getTextContent()).contains(ROW.name());
    }

    private static List<Sample> samples(int... nanos) {
        return IntStream.of(nanos).mapToObj(each -> new Sample(each, load())).toList();
    }

    /** Returns a hundred requests in a second. */
    private static LoadResult load() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 98; i++) {
            latencies.add(2_047);
        }
        latencies.add(3_000);
        latencies.add(3_000);
        return new LoadResult(100, 1_000_000_000, latencies);
    }
}
