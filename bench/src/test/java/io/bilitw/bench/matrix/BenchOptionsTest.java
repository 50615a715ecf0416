package io.bilitw.bench.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bilitw.bench.process.BenchException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {

    private static final Path HOME = Path.of("home");
    private static final Path RESULTS = Path.of("results");

    @Test
    void measuresAllRowsByDefault() throws BenchException {
        assertThat(parse(""))
                .isEqualTo(new BenchOptions(HOME, RESULTS, "latest", 5, 2000, BenchRow.ALL, true));
    }

    @ParameterizedTest
    @CsvSource({
        "--quick, quick, 3, 300",
        "--rounds 7, latest, 7, 2000",
        "--rounds 4, quick, 4, 2000",
        "--millis 100, quick, 5, 100",
        "--quick --rounds 9 --millis 3000, quick, 9, 3000",
        "redis --millis 3000, rows, 5, 3000"
    })
    void keepsOnlyWholeRunsAsTheLatest(String words, String fileName, int rounds, int millis)
            throws BenchException {
        BenchOptions options = parse(words);

        assertThat(options.fileName()).isEqualTo(fileName);
        assertThat(options.rounds()).isEqualTo(rounds);
        assertThat(options.millis()).isEqualTo(millis);
    }

    @Test
    void selectsRowsByWholeWordsOfTheirName() throws BenchException {
        assertThat(parse("p16 redis get").rows())
                .extracting(BenchRow::name)
                .containsExactly("redis get 32B c50 p16");
        assertThat(parse("mget:100").rows())
                .extracting(BenchRow::name)
                .containsExactly("redis mget:100 32B c50 p1", "memcached mget:100 32B c50 p1");
        assertThat(parse("1MB").rows()).hasSize(2);
    }

    @Test
    void eachRowCanBeTheFirst() throws Exception {
        for (BenchRow row : BenchRow.ALL) { // which the proxy is warmed up with
            assertThat(row.forWarmUp().load(1, 100, 1).toString()).as(row.name()).isNotEmpty();
        }
    }

    @Test
    void leavesOutWhatIsNotSelected() throws BenchException {
        assertThat(parse("redis").beside()).isFalse();
        assertThat(parse("--quick").beside()).isFalse();
        assertThat(parse("--rounds 2").beside()).isTrue();
        assertThat(parse("beside").beside()).isTrue();
        assertThat(parse("beside").rows()).isEmpty();
    }

    @Test
    void namesEachRowDifferently() {
        List<String> names = BenchRow.ALL.stream().map(BenchRow::name).toList();

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds | --rounds wants a number from 1 to 99, not nothing.",
                "--rounds 0 | --rounds wants a number from 1 to 99, not 0.",
                "--millis 1e3 | --millis wants a number from 10 to 60000, not 1e3.",
                "--quik | There is no option --quik; --help lists all.",
                "redis p17 | No row has the words \"redis p17\"; --help lists all rows."
            })
    void refusesWhatIsWrong(String words, String sentence) {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> parse(words))
                .withMessage(sentence);
    }

    private static BenchOptions parse(String words) throws BenchException {
        return BenchOptions.parse(
                HOME, RESULTS, words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
    }
}
