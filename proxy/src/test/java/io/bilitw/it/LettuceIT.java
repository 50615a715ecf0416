package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bilitw.testkit.ProxiedServers;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lettuce through the proxy, told nothing but the address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LettuceIT {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final RedisClient client =
            RedisClient.create("redis://127.0.0.1:" + servers.proxy().port());
    private final StatefulRedisConnection<String, String> connection = client.connect();
    private final RedisCommands<String, String> redis = connection.sync();

    @BeforeEach
    void empty() {
        servers.flush();
    }

    @AfterAll
    void stop() {
        connection.close();
        client.shutdown(Duration.ZERO, LIMIT);
        servers.close();
    }

    @Test
    void storesTextAndBytes() {
        byte[] bytes = {0, '\r', '\n', (byte) 0xff, '$', 0};
        assertThat(redis.set("text", "grüße")).isEqualTo("OK");
        assertThat(redis.get("text")).isEqualTo("grüße");
        assertThat(redis.get("nosuch")).isNull();
        try (var binary = client.connect(ByteArrayCodec.INSTANCE)) {
            assertThat(binary.sync().set(bytes, bytes)).isEqualTo("OK");
            assertThat(binary.sync().get(bytes)).isEqualTo(bytes);
        }
    }

    @Test
    void joinsKeysOfAllServers() {
        var pairs = new HashMap<String, String>();
        for (int i = 0; i < 30; i++) {
            pairs.put("k" + i, "v" + i);
        }
        String[] keys = pairs.keySet().toArray(String[]::new);
        assertThat(redis.mset(pairs)).isEqualTo("OK");
        for (KeyValue<String, String> pair : redis.mget(keys)) {
            assertThat(pair.getValue()).isEqualTo(pairs.get(pair.getKey()));
        }
        assertThat(redis.mget("k1", "nosuch"))
                .containsExactly(KeyValue.just("k1", "v1"), KeyValue.empty("nosuch"));
        assertThat(redis.exists(keys)).isEqualTo(30);
        assertThat(redis.unlink("k0", "nosuch")).isEqualTo(1);
        assertThat(redis.del(keys)).isEqualTo(29);
    }

    @Test
    void answersAPipelineInOrder() throws Exception {
        RedisAsyncCommands<String, String> async = connection.async();
        var answers = new ArrayList<RedisFuture<String>>();
        connection.setAutoFlushCommands(false);
        for (int i = 0; i < 1000; i++) {
            async.set("k" + i, "v" + i);
            answers.add(async.get("k" + i));
        }
        connection.flushCommands();
        connection.setAutoFlushCommands(true);
        assertThat(LettuceFutures.awaitAll(LIMIT, answers.toArray(RedisFuture[]::new))).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(answers.get(i).get()).isEqualTo("v" + i);
        }
    }

    @Test
    void keepsCollections() {
        assertThat(redis.hset("hash", Map.of("a", "1", "b", "2"))).isEqualTo(2);
        assertThat(redis.hgetall("hash")).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(redis.rpush("list", "a", "b", "c")).isEqualTo(3);
        assertThat(redis.lrange("list", 0, -1)).containsExactly("a", "b", "c");
        assertThat(redis.sadd("set", "a", "b")).isEqualTo(2);
        assertThat(redis.smembers("set")).containsExactlyInAnyOrder("a", "b");
        assertThat(redis.sismember("set", "a")).isTrue();
        assertThat(redis.zadd("sorted", 1.5, "a")).isEqualTo(1);
        assertThat(redis.zscore("sorted", "a")).isEqualTo(1.5);
        assertThat(redis.zrangeWithScores("sorted", 0, -1))
                .containsExactly(ScoredValue.just(1.5, "a"));
        assertThat(redis.zpopmin("sorted")).isEqualTo(ScoredValue.just(1.5, "a"));
    }

    @Test
    @SuppressWarnings("unchecked") // XREAD takes a generic array
    void readsAStream() {
        String id = redis.xadd("stream", Map.of("field", "value"));
        assertThat(redis.xread(StreamOffset.from("stream", "0")))
                .containsExactly(new StreamMessage<>("stream", id, Map.of("field", "value")));
    }

    @Test
    void runsAScriptWhereItsKeyIs() {
        String script = "redis.call('set', KEYS[1], ARGV[1]) return {KEYS[1], 7}";
        List<Object> answer =
                redis.eval(script, ScriptOutputType.MULTI, new String[] {"key"}, "value");
        assertThat(answer).containsExactly("key", 7L);
        assertThat(redis.get("key")).isEqualTo("value");
    }

    @Test
    void livesOnAfterARefusedCommand() {
        long id = redis.clientId();
        ProtocolKeyword unknown = () -> "NOSUCH".getBytes(UTF_8);
        var arguments = new CommandArgs<>(StringCodec.UTF8).add("a");
        assertThatThrownBy(() ->
                        redis.dispatch(unknown, new StatusOutput<>(StringCodec.UTF8), arguments))
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("ERR unknown command 'NOSUCH'");
        assertThatThrownBy(redis::randomkey).isInstanceOf(RedisCommandExecutionException.class);
        redis.set("word", "x");
        assertThatThrownBy(() -> redis.lpop("word"))
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("WRONGTYPE");
        assertThat(redis.get("word")).isEqualTo("x");
        assertThat(redis.clientId()).isEqualTo(id);
    }

    @Test
    void learnsWhomItTalksTo() {
        assertThat(redis.ping()).isEqualTo("PONG");
        assertThat(redis.select(0)).isEqualTo("OK");
        assertThat(redis.clientSetname("me")).isEqualTo("OK");
        assertThat(redis.clientGetname()).isEqualTo("me");
        assertThat(redis.clientInfo()).contains("name=me").contains("lib-name=");
        assertThat(redis.info()).contains("redis_version:");
        assertThat(redis.info("server")).contains("redis_version:");
        assertThat(redis.configGet("save")).isEmpty();
        assertThat(redis.time()).hasSize(2);
    }

    @Test
    void servesManyConnections() throws Exception {
        var connections = new ArrayList<StatefulRedisConnection<String, String>>();
        for (int i = 0; i < 20; i++) {
            connections.add(client.connect());
        }
        var answers = new ArrayList<RedisFuture<String>>();
        for (int i = 0; i < 2000; i++) {
            RedisAsyncCommands<String, String> async = connections.get(i % 20).async();
            async.set("k" + i, "v" + i);
            answers.add(async.get("k" + i));
        }
        assertThat(LettuceFutures.awaitAll(LIMIT, answers.toArray(RedisFuture[]::new))).isTrue();
        assertThat(answers.stream().map(RedisFuture::resultNow))
                .isEqualTo(IntStream.range(0, 2000).mapToObj(i -> "v" + i).toList());
        connections.forEach(StatefulRedisConnection::close);
    }
}
