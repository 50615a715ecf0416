package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.VectorFile;
import io.bilitw.config.PoolConfig;
import io.bilitw.config.SamplePool;
import io.bilitw.config.ServerConfig;
import io.bilitw.distribution.VectorPool;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what is told about keys against the answers of C. */
class PlacementTest {

    private static final Map<String, List<String[]>> HASHES =
            VectorFile.rows("hash_vectors.tsv", 828).stream()
                    .collect(Collectors.groupingBy(row -> row[0]));

    static List<String> hashes() {
        return HASHES.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void tellsHashAndSlot(String hash) {
        Placement placement = new Placement(SamplePool.of(7, "hash: " + hash));
        for (String[] row : HASHES.getOrDefault(hash, List.of())) {
            byte[] key = HexFormat.of().parseHex(row[1]);
            long value = key.length == 0 ? 0 : Long.parseLong(row[2]);

            Place place = placement.of(key);

            assertThat(place.hash()).as(row[1]).hasValue(value);
            assertThat(place.reason()).isEqualTo("slot " + value % 7 + " of 7");
            assertThat(serverOf(place).name()).isEqualTo("" + (char) ('a' + value % 7));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A5-plain", "B4-weights", "N3-unix", "O2-weight100000"})
    void tellsThePointOfTheContinuum(String id) {
        PoolConfig pool = VectorPool.load(id).config();
        TreeMap<Long, Integer> points = new TreeMap<>();
        for (String[] row : VectorFile.rows("ketama_points.tsv", 2236)) {
            if (row[0].equals(id)) {
                points.put(Long.parseLong(row[1]), Integer.parseInt(row[2]));
            }
        }
        Placement placement = new Placement(pool);
        int told = 0;
        for (String[] row : VectorFile.rows("distribution_vectors.tsv", 4793)) {
            if (row[0].equals(id)) {
                Place place = placement.of(row[3].getBytes(US_ASCII));
                Long next = points.ceilingKey(place.hash().orElseThrow());
                long point = next == null ? points.firstKey() : next;

                assertThat(serverOf(place).name()).as(row[3]).isEqualTo(row[5]);
                assertThat(points).as(row[3]).containsEntry(point, Integer.parseInt(row[4]));
                assertThat(place.reason())
                        .isEqualTo("point " + point + (next == null ? " (past the end)" : ""));
                told++;
            }
        }
        assertThat(told).isEqualTo(222);
    }

    static List<String> poolsWithAllServers() {
        return Arrays.stream(
                        new String[] {
                            "C4-names",
                            "D4-names-11211",
                            "E3-noname-11211",
                            "F1-single",
                            "G20",
                            "J3-modula-weights",
                            "L4-modula-nameorder",
                            "M4-hashtag",
                            "P3-ipv6",
                            "Q7-crc16",
                            "R4-crc32",
                            "S4-crc32-modula",
                            "T3-hashtag-dollar",
                            "U20-names-weights"
                        })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("poolsWithAllServers")
    void tellsTheServerThatCChooses(String id) {
        Placement placement = new Placement(VectorPool.load(id).config());
        int told = 0;
        for (String[] row : VectorFile.rows("distribution_vectors.tsv", 4793)) {
            if (row[0].equals(id)) {
                byte[] key = row[3].getBytes(US_ASCII);
                assertThat(serverOf(placement.of(key)).name()).as(row[3]).isEqualTo(row[5]);
                assertThat(placement.serverOf(key)).isEqualTo(Integer.parseInt(row[4]));
                told++;
            }
        }
        assertThat(told).isGreaterThanOrEqualTo(222);
    }

    @ParameterizedTest
    @CsvSource({
        "user:{u1}:ids, u1",
        "a{{x}}1, {x",
        "{}rest, {}rest",
        "no tag, no tag",
        "open{only, open{only",
        "{apple}, apple"
    })
    void tellsThePartThatIsHashed(String key, String part) {
        Placement placement = new Placement(VectorPool.load("M4-hashtag").config());

        Place place = placement.of(key.getBytes(US_ASCII));

        assertThat(key.substring(place.partFrom(), place.partTo())).isEqualTo(part);
        assertThat(place.hash()).isEqualTo(placement.of(part.getBytes(US_ASCII)).hash());
        if (part.equals("apple")) {
            assertThat(place.hash()).hasValue(1_488_911_807);
        }
    }

    @Test
    void tellsThatTheOnlyServerHasAll() {
        Place place = new Placement(SamplePool.of(1)).of(new byte[] {1});

        assertThat(serverOf(place).name()).isEqualTo("a");
        assertThat(place.hash()).isEmpty();
        assertThat(place.reason()).isEqualTo("only server");
    }

    @Test
    void tellsThatRandomGivesNoPlace() {
        Placement placement = new Placement(SamplePool.of(3, "distribution: random"));

        Place place = placement.of(new byte[] {1});

        assertThat(placement.isStable()).isFalse();
        assertThat(place.server()).isNull();
        assertThat(place.hash()).isEmpty();
        assertThat(place.reason()).isEqualTo("random");
    }

    private static ServerConfig serverOf(Place place) {
        return Objects.requireNonNull(place.server());
    }
}
