package io.bilitw.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.VectorFile;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every hash against the answers of the C function it copies. */
class HashVectorsTest {

    /** One row of the file: the key has the hash {@code expected}, unsigned. */
    record Vector(HashType type, String keyHex, long expected) {

        byte[] key() {
            return HexFormat.of().parseHex(keyHex);
        }

        @Override
        public String toString() {
            return type.configName() + " of " + keyHex + " is " + expected;
        }
    }

    static List<Vector> vectors() {
        return VectorFile.rows("hash_vectors.tsv", 828).stream()
                .map(row ->
                        new Vector(
                                Objects.requireNonNull(HashType.byConfigName(row[0])),
                                row[1],
                                Long.parseLong(row[2])))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithC(Vector vector) {
        assertThat(hashAt(vector, Placement.HEAP, 0)).isEqualTo(vector.expected);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithCWhereverTheKeyLies(Vector vector) {
        for (Placement placement : Placement.values()) {
            for (int offset = 0; offset < 9; offset++) {
                assertThat(hashAt(vector, placement, offset))
                        .as("%s, offset %d", placement, offset)
                        .isEqualTo(vector.expected);
            }
        }
    }

    @Test
    void coversEveryHashWithTheSameKeys() {
        var keysByType =
                vectors().stream()
                        .collect(Collectors.groupingBy(Vector::type, Collectors.counting()));

        assertThat(keysByType).containsOnlyKeys(Arrays.asList(HashType.values()));
        assertThat(keysByType.values()).containsOnly(69L);
    }

    private static long hashAt(Vector vector, Placement placement, int offset) {
        byte[] key = vector.key();
        int hash =
                vector.type
                        .newHash()
                        .hash(placement.place(key, offset), offset, offset + key.length);
        return Integer.toUnsignedLong(hash);
    }
}
