package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pool answers for a failed server's keys against what a real redis says of absent ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisMissIT {

    private final RedisServer server = RedisServer.onUnixSocket();
    private final RespClient redis = server.client();

    @AfterAll
    void stop() {
        try (server) {
            redis.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET none,1",
        "HGET none f,1",
        "LINDEX none 0,1",
        "ZSCORE none m,1",
        "GEODIST none a b,1",
        "GEODIST none a b km,1",
        "DUMP none,1",
        "MGET none,1",
        "MGET none nil nought,3",
        "HMGET none f,1",
        "HMGET none f g,1",
        "ZMSCORE none m n o,1"
    })
    void answersAsRedisDoes(String command, int keys) {
        String[] words = command.split(" ", -1);
        RedisCommand row = RedisCommand.valueOf(words[0]);
        String answer = redis.send(Resp.request(words)).read().text();
        assertThat(RedisMiss.of(row, keys, words.length, false))
                .asString(US_ASCII)
                .isEqualTo(answer);
        assertThat(RedisMiss.of(row, keys, words.length, true))
                .asString(US_ASCII)
                .isEqualTo(answer.replace("$-1", "_"));
    }

    @Test
    void hasASampleForEveryReadThatMisses() throws NoSuchMethodException {
        CsvSource samples =
                RedisMissIT.class
                        .getDeclaredMethod("answersAsRedisDoes", String.class, int.class)
                        .getAnnotation(CsvSource.class);
        Set<RedisCommand> sampled = EnumSet.noneOf(RedisCommand.class);
        for (String sample : samples.value()) {
            sampled.add(RedisCommand.valueOf(sample.substring(0, sample.indexOf(' '))));
        }
        Set<RedisCommand> missing = EnumSet.noneOf(RedisCommand.class);
        for (RedisCommand row : RedisCommand.values()) {
            if (RedisMiss.of(row, 1, 3, false) != null) {
                missing.add(row);
            }
        }
        assertThat(sampled).isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource({"SET", "DEL", "INCR", "EXISTS", "STRLEN", "EVAL", "GETDEL", "HSET"})
    void leavesAllElseToFail(RedisCommand row) {
        assertThat(RedisMiss.of(row, 1, 3, false)).isNull();
    }
}
