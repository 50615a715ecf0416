package io.bilitw.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.MemcacheClient;
import io.bilitw.testkit.MemcachedServer;
import io.bilitw.testkit.ProxiedMemcached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random requests, classic and meta, over three servers behind the proxy get the very answers that
 * one plain memcached gives, and the very silence. Numbers of {@code cas} are left out of the
 * comparison: each server counts its own.
 *
 * <p>The seed is printed; {@code -Dbilitw.seed=N} plays the same requests again.
 */
class MemcacheDifferentialFuzzIT {

    private static final Duration TIME = Duration.ofSeconds(12);
    private static final int MOST_IN_PIPELINE = 150;

    private final long seed = Long.getLong("bilitw.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomMemcacheCommands commands = new RandomMemcacheCommands(random);
    private int pipelines;

    @Test
    void answersAsOnePlainMemcachedWould() {
        System.out.println("MemcacheDifferentialFuzzIT: -Dbilitw.seed=" + seed);
        try (MemcachedServer plain = MemcachedServer.start();
                ProxiedMemcached servers =
                        ProxiedMemcached.start(3, pool -> pool.set("allow_flush", "true"));
                MemcacheClient memcached = plain.client();
                MemcacheClient proxy = servers.client()) {
            long endNanos = System.nanoTime() + TIME.toNanos();
            int compared = 0;
            while (System.nanoTime() < endNanos) {
                compared += comparePipeline(proxy, memcached);
            }
            assertThat(compared).isGreaterThan(1000);
            assertThat(servers.servers())
                    .allMatch(server -> !server.ask("stats\r\n").contains("STAT cmd_set 0\r\n"));
        }
    }

    private int comparePipeline(MemcacheClient proxy, MemcacheClient memcached) {
        int depth = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(MOST_IN_PIPELINE);
        List<String> pipeline = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            pipeline.add(commands.next(i == 0));
        }
        String last = "Oend" + pipelines++;
        byte[] bytes =
                (String.join("", pipeline) + "mg none " + last + "\r\n").getBytes(ISO_8859_1);
        memcached.send(bytes);
        RandomPieces.send(proxy, bytes, random);
        List<String> expected = answers(memcached, last);
        assertThat(answers(proxy, last))
                .as(() -> "seed " + seed + ", pipeline " + pipelines + ": " + pipeline)
                .isEqualTo(expected);
        return depth;
    }

    /** All responses up to the one that tells the end of the pipeline. */
    private static List<String> answers(MemcacheClient client, String last) {
        List<String> answers = new ArrayList<>();
        do {
            answers.add(withoutCas(client.read()));
        } while (!answers.getLast().equals("EN " + last + "\r\n"));
        return answers;
    }

    private static String withoutCas(String answer) {
        if (answer.startsWith("VALUE ")) {
            return answer.replaceAll("(VALUE [^ \n]+ \\d+ \\d+) \\d+\r\n", "$1 #\r\n");
        }
        return answer.replaceFirst("^((?:VA \\d+|HD|EN|NF|NS|EX)[^\n]*?) c\\d+", "$1 c#");
    }
}
