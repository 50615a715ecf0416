package io.bilitw.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KetamaTest {

    /** Sizes up to 128, and a few beyond, at which C's rounding takes four points away. */
    private static final Set<Integer> SHORT_OF_POINTS =
            Set.of(25, 47, 50, 55, 61, 71, 94, 100, 107, 109, 110, 115, 122, 200);

    static IntStream poolSizes() {
        return IntStream.concat(IntStream.rangeClosed(1, 128), IntStream.of(200, 256, 300, 500));
    }

    @ParameterizedTest
    @MethodSource("poolSizes")
    void givesEqualServersTheNumberOfPointsThatCRoundsTo(int servers) {
        int expected = SHORT_OF_POINTS.contains(servers) ? 156 : 160;

        assertThat(pointsPerServer(equalWeights(servers))).hasSize(servers).containsOnly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 160",
        "7 7 7, 160 160 160",
        "1 2 3 10, 40 80 120 400",
        "1 2 3, 80 160 240",
        "100000 1, 316 0",
        "1 100000, 0 316",
        "2147483647 1, 320 0",
        "2 3 4 5 1 2 3 4 5 1 2 3 4 5 1 2 3 4 5 1,"
                + "104 160 212 264 52 104 160 212 264 52 104 160 212 264 52 104 160 212 264 52"
    })
    void sharesPointsByWeight(String weights, String points) {
        assertThat(pointsPerServer(numbers(weights))).containsExactly(numbers(points));
    }

    /** The sum wraps to 2147483645, so that each share is 1, as in C. */
    @Test
    void wrapsTheSumOfWeightsAsC() {
        assertThat(pointsPerServer(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .containsExactly(480, 480, 480);
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647 2147483647 1, 240 240 0",
        "2147483647 2147483647 2, 240 240 0",
        "2147483647 2147483647 3, 240 240 0"
    })
    void usesTheTrueSumWhereCWouldWritePastItsMemory(String weights, String points) {
        assertThat(pointsPerServer(numbers(weights))).containsExactly(numbers(points));
    }

    @Test
    void findsTheFirstPointAtOrAfterTheHash() {
        Ketama continuum = continuum(1, 2, 3, 10);
        for (int i = 0; i < continuum.pointCount(); i++) {
            long point = continuum.point(i);
            assertThat(continuum.serverIndex((int) (point - 1))).isEqualTo(continuum.owner(i));
            assertThat(continuum.serverIndex((int) point)).isEqualTo(continuum.owner(i));
            assertThat(continuum.serverIndex((int) (point + 1)))
                    .isEqualTo(continuum.owner((i + 1) % continuum.pointCount()));
        }
    }

    /** The lookup divides the ring by the top bits of a hash; nothing may be seen of that. */
    @Test
    void findsWhatAScanFindsAtTheBordersOfAllBuckets() {
        Ketama continuum = continuum(1, 2, 3, 10);
        for (int top = 0; top < 1 << 12; top++) {
            int first = top << 20;
            int last = first - 1;
            assertThat(continuum.serverIndex(first)).isEqualTo(ownerByScan(continuum, first));
            assertThat(continuum.serverIndex(last)).isEqualTo(ownerByScan(continuum, last));
        }
    }

    @Test
    void wrapsPastTheLastPointToTheFirst() {
        Ketama continuum = continuum(1, 1, 1);

        assertThat(continuum.serverIndex(-1)).isEqualTo(continuum.owner(0));
        assertThat(continuum.serverIndex(0)).isEqualTo(continuum.owner(0));
    }

    @ParameterizedTest
    @MethodSource("poolSizes")
    void findsWhatAScanFinds(int servers) {
        Ketama continuum = continuum(equalWeights(servers));
        var random = new SplittableRandom(servers);
        for (int i = 0; i < 200; i++) {
            int hash = random.nextInt();
            assertThat(continuum.serverIndex(hash))
                    .as("%d", hash)
                    .isEqualTo(ownerByScan(continuum, hash));
        }
    }

    @Test
    void describesTheFirstPointAtOrAfterTheHash() {
        Ketama continuum = continuum(1, 2, 3);
        int last = continuum.pointCount() - 1;

        assertThat(continuum.describe(0)).isEqualTo("point " + continuum.point(0));
        assertThat(continuum.describe((int) continuum.point(7)))
                .isEqualTo("point " + continuum.point(7));
        assertThat(continuum.describe((int) continuum.point(7) + 1))
                .isEqualTo("point " + continuum.point(8));
        assertThat(continuum.describe((int) continuum.point(last) + 1))
                .isEqualTo("point " + continuum.point(0) + " (past the end)");
    }

    private static int ownerByScan(Ketama continuum, int hash) {
        for (int i = 0; i < continuum.pointCount(); i++) {
            if (continuum.point(i) >= Integer.toUnsignedLong(hash)) {
                return continuum.owner(i);
            }
        }
        return continuum.owner(0);
    }

    @Test
    void sortsPointsAsUnsigned() {
        Ketama continuum = continuum(1, 1, 1, 1, 1);
        List<Long> points = new ArrayList<>();
        for (int i = 0; i < continuum.pointCount(); i++) {
            points.add(continuum.point(i));
        }
        assertThat(points).isSorted();
        assertThat(points.getFirst()).isLessThan(1L << 31);
        assertThat(points.getLast()).isGreaterThan(1L << 31);
    }

    /** Equal names give equal points, the only ties that can be made on purpose. */
    @Test
    void givesEqualPointsToTheServerThatComesFirst() {
        List<LiveServer> twins =
                List.of(new LiveServer(3, "twin", 1), new LiveServer(8, "twin", 1));
        Ketama continuum = Ketama.over(twins);

        for (int i = 0; i < continuum.pointCount(); i += 2) {
            assertThat(continuum.point(i)).isEqualTo(continuum.point(i + 1));
            assertThat(continuum.owner(i)).isEqualTo(3);
            assertThat(continuum.owner(i + 1)).isEqualTo(8);
            assertThat(continuum.serverIndex((int) continuum.point(i))).isEqualTo(3);
        }
    }

    @Test
    void movesOnlyTheKeysOfAnEjectedServerAmongEquals() {
        List<LiveServer> all = servers(1, 1, 1, 1, 1);
        List<LiveServer> live = new ArrayList<>(all);
        live.remove(2);
        Distribution before = Ketama.over(all);
        Distribution after = Ketama.over(live);
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            int hash = random.nextInt();
            int owner = before.serverIndex(hash);
            if (owner == 2) {
                assertThat(after.serverIndex(hash)).isNotEqualTo(2);
            } else {
                assertThat(after.serverIndex(hash)).isEqualTo(owner);
            }
        }
    }

    @Test
    void hashesNamesOfAnyLengthToTheirEnd() {
        String prefix = "n".repeat(500);
        Ketama continuum =
                Ketama.over(
                        List.of(
                                new LiveServer(0, prefix + "a", 1),
                                new LiveServer(1, prefix + "b", 1)));

        assertThat(
                        IntStream.range(0, continuum.pointCount())
                                .mapToLong(continuum::point)
                                .distinct())
                .hasSize(320);
    }

    private static int[] pointsPerServer(int... weights) {
        Ketama continuum = continuum(weights);
        int[] points = new int[weights.length];
        for (int i = 0; i < continuum.pointCount(); i++) {
            points[continuum.owner(i)]++;
        }
        return points;
    }

    private static int[] equalWeights(int servers) {
        int[] weights = new int[servers];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static Ketama continuum(int... weights) {
        return Ketama.over(servers(weights));
    }

    private static List<LiveServer> servers(int... weights) {
        List<LiveServer> servers = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            servers.add(new LiveServer(i, "server" + i, weights[i]));
        }
        return servers;
    }

    private static int[] numbers(String blankSeparated) {
        return Arrays.stream(blankSeparated.trim().split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
