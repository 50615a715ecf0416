package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random commands over three servers behind the proxy get the very answers that one plain redis
 * gives.
 *
 * <p>The seed is printed; {@code -Dbilitw.seed=N} plays the same commands again.
 */
class DifferentialFuzzIT {

    private static final Duration TIME = Duration.ofSeconds(12);
    private static final int MOST_IN_PIPELINE = 200;

    private final long seed = Long.getLong("bilitw.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomCommands commands = new RandomCommands(random);

    @Test
    void answersAsOnePlainRedisWould() {
        System.out.println("DifferentialFuzzIT: -Dbilitw.seed=" + seed);
        try (RedisServer plain = RedisServer.start();
                ProxiedServers servers = ProxiedServers.start(3);
                RespClient redis = plain.client();
                RespClient proxy = servers.client()) {
            long endNanos = System.nanoTime() + TIME.toNanos();
            int compared = 0;
            while (System.nanoTime() < endNanos) {
                compared += comparePipeline(proxy, redis);
            }
            assertThat(compared).isGreaterThan(1000);
            assertThat(servers.servers()).allMatch(server -> server.ask("DBSIZE").integer() > 0);
        }
    }

    private int comparePipeline(RespClient proxy, RespClient redis) {
        int depth = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(MOST_IN_PIPELINE);
        List<List<byte[]>> pipeline = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            pipeline.add(commands.next());
        }
        byte[] bytes = Resp.pipeline(pipeline.stream().map(Resp::request).toList());
        redis.send(bytes);
        RandomPieces.send(proxy, bytes, random);
        for (List<byte[]> command : pipeline) {
            Response expected = redis.read();
            assertThat(proxy.read())
                    .as(() ->
                            "seed "
                                    + seed
                                    + ": "
                                    + String.join(" ", command.stream().map(Resp::text).toList()))
                    .isEqualTo(expected);
        }
        return depth;
    }
}
