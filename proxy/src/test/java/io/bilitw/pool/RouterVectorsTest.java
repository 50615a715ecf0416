package io.bilitw.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.VectorFile;
import io.bilitw.distribution.VectorPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the way from a configuration file and a key to a server against the answers of C. */
class RouterVectorsTest {

    /** Key and server of all rows, by pool. */
    private static final Map<String, List<String[]>> ROWS =
            VectorFile.rows("distribution_vectors.tsv", 4793).stream()
                    .collect(Collectors.groupingBy(row -> row[0]));

    static List<String> pools() {
        return ROWS.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("pools")
    void routesAsC(String id) {
        VectorPool pool = VectorPool.load(id);
        Router router = new Router(pool.config());
        router.spreadOver(pool.ejected());
        for (String[] row : ROWS.getOrDefault(id, List.of())) {
            String key = row[3];
            ByteBuf in = Unpooled.copiedBuffer("#" + key + "#", US_ASCII);

            int index = router.serverOf(in, 1, 1 + key.length());

            assertThat(index).as(key).isEqualTo(Integer.parseInt(row[4]));
            assertThat(pool.config().servers().get(index).name()).as(key).isEqualTo(row[5]);
        }
    }
}
