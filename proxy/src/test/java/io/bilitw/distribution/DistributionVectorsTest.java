package io.bilitw.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.VectorFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the whole way from key to server, and each point of the continuum, against C's answers. */
class DistributionVectorsTest {

    private static final Map<String, VectorPool> POOLS = new LinkedHashMap<>();
    private static final Map<String, Distribution> DISTRIBUTIONS = new LinkedHashMap<>();

    /** In {@code pool}, {@code key} belongs to the server at {@code serverIndex}. */
    record Route(
            String pool,
            String hash,
            String distribution,
            String key,
            int serverIndex,
            String serverName) {}

    /** Point {@code number} of the continuum of {@code pool}, in ascending order. */
    record Point(String pool, int number, long value, int serverIndex) {}

    static List<Route> routes() {
        return VectorFile.rows("distribution_vectors.tsv", 4793).stream()
                .map(row ->
                        new Route(row[0], row[1], row[2], row[3], Integer.parseInt(row[4]), row[5]))
                .toList();
    }

    static List<Point> points() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        return VectorFile.rows("ketama_points.tsv", 2236).stream()
                .map(row ->
                        new Point(
                                row[0],
                                sizes.merge(row[0], 1, Integer::sum) - 1,
                                Long.parseLong(row[1]),
                                Integer.parseInt(row[2])))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void routesAsC(Route route) {
        VectorPool pool = pool(route.pool);
        ByteBuf part = Unpooled.wrappedBuffer(pool.hashedPart(route.key).getBytes(US_ASCII));

        int hash = pool.config().hash().newHash().hash(part, 0, part.readableBytes());
        int serverIndex = distribution(route.pool).serverIndex(hash);

        assertThat(serverIndex).isEqualTo(route.serverIndex);
        assertThat(pool.live())
                .filteredOn(server -> server.index() == serverIndex)
                .extracting(LiveServer::name)
                .containsExactly(route.serverName);
        assertThat(pool.config().hash().configName()).isEqualTo(route.hash);
        assertThat(pool.config().distribution().configName()).isEqualTo(route.distribution);
    }

    @ParameterizedTest
    @MethodSource("points")
    void putsPointWhereCDoes(Point point) {
        Ketama continuum = (Ketama) distribution(point.pool);

        assertThat(continuum.point(point.number)).isEqualTo(point.value);
        assertThat(continuum.owner(point.number)).isEqualTo(point.serverIndex);
    }

    @Test
    void hasNoOtherPointsThanC() {
        Map<String, Integer> sizes =
                points().stream()
                        .collect(Collectors.groupingBy(Point::pool, Collectors.summingInt(_ -> 1)));

        assertThat(sizes).hasSize(4);
        sizes.forEach((pool, size) ->
                assertThat(((Ketama) distribution(pool)).pointCount()).as(pool).isEqualTo(size));
    }

    @Test
    void coversEveryConfiguration() {
        assertThat(routes().stream().map(Route::pool).distinct()).hasSize(21);
    }

    private static VectorPool pool(String id) {
        return POOLS.computeIfAbsent(id, VectorPool::load);
    }

    private static Distribution distribution(String id) {
        return DISTRIBUTIONS.computeIfAbsent(id, key -> pool(key).build());
    }
}
