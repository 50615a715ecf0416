package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bilitw.testkit.ProxiedServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.Tuple;

/** Jedis through the proxy, told nothing but the address: the pooled client and the plain one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JedisIT {

    private static final int KEYS = 30;

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final RedisClient client = RedisClient.create("127.0.0.1", servers.proxy().port());

    @BeforeEach
    void empty() {
        servers.flush();
    }

    @AfterAll
    void stop() {
        client.close();
        servers.close();
    }

    @Test
    void storesTextAndBytes() {
        byte[] bytes = {0, '\r', '\n', (byte) 0xff, '$', 0};
        assertThat(client.set("text", "grüße")).isEqualTo("OK");
        assertThat(client.get("text")).isEqualTo("grüße");
        assertThat(client.get("nosuch")).isNull();
        assertThat(client.set(bytes, bytes)).isEqualTo("OK");
        assertThat(client.get(bytes)).isEqualTo(bytes);
        assertThat(client.incrBy("number", 41)).isEqualTo(41);
        assertThat(client.incr("number")).isEqualTo(42);
        assertThat(client.expire("number", 100)).isEqualTo(1);
        assertThat(client.ttl("number")).isBetween(90L, 100L);
    }

    @Test
    void joinsKeysOfAllServers() {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < KEYS; i++) {
            pairs.addAll(List.of("k" + i, "v" + i));
        }
        assertThat(client.mset(pairs.toArray(String[]::new))).isEqualTo("OK");
        assertThat(client.mget(numbered("k"))).containsExactly(numbered("v"));
        assertThat(client.mget("k1", "nosuch", "k0")).containsExactly("v1", null, "v0");
        assertThat(client.exists(numbered("k"))).isEqualTo(KEYS);
        assertThat(client.touch("k0", "k1", "nosuch")).isEqualTo(2);
        assertThat(client.unlink("k0", "k1", "nosuch")).isEqualTo(2);
        assertThat(client.del(numbered("k"))).isEqualTo(KEYS - 2);
        for (var server : servers.servers()) {
            assertThat(server.ask("INFO", "commandstats").text()).contains("cmdstat_mget:");
        }
    }

    private static String[] numbered(String prefix) {
        return IntStream.range(0, KEYS).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    @Test
    void answersAPipelineInOrder() {
        var answers = new ArrayList<Response<String>>();
        try (Pipeline pipeline = client.pipelined()) {
            for (int i = 0; i < 1000; i++) {
                pipeline.set("k" + i, "v" + i);
                answers.add(pipeline.get("k" + i));
            }
            pipeline.sync();
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(answers.get(i).get()).isEqualTo("v" + i);
        }
    }

    @Test
    void keepsCollections() {
        assertThat(client.hset("hash", Map.of("a", "1", "b", "2"))).isEqualTo(2);
        assertThat(client.hgetAll("hash")).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(client.hmget("hash", "a", "x")).containsExactly("1", null);
        assertThat(client.rpush("list", "a", "b", "c")).isEqualTo(3);
        assertThat(client.lrange("list", 0, -1)).containsExactly("a", "b", "c");
        assertThat(client.lpop("list")).isEqualTo("a");
        assertThat(client.sadd("set", "a", "b")).isEqualTo(2);
        assertThat(client.smembers("set")).containsExactlyInAnyOrder("a", "b");
        assertThat(client.sismember("set", "a")).isTrue();
        assertThat(client.zadd("sorted", Map.of("a", 1.5, "b", 2.0))).isEqualTo(2);
        assertThat(client.zscore("sorted", "a")).isEqualTo(1.5);
        assertThat(client.zrangeWithScores("sorted", 0, -1))
                .containsExactly(new Tuple("a", 1.5), new Tuple("b", 2.0));
        assertThat(client.zpopmin("sorted")).isEqualTo(new Tuple("a", 1.5));
    }

    @Test
    void readsAStream() {
        StreamEntryID id = client.xadd("stream", StreamEntryID.NEW_ENTRY, Map.of("field", "value"));
        assertThat(client.xlen("stream")).isEqualTo(1);
        var read = client.xread(new XReadParams().count(5), Map.of("stream", new StreamEntryID()));
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().getKey()).isEqualTo("stream");
        assertThat(read.getFirst().getValue())
                .singleElement()
                .returns(id, StreamEntry::getID)
                .returns(Map.of("field", "value"), StreamEntry::getFields);
    }

    @Test
    void runsAScriptWhereItsKeyIs() {
        String script = "redis.call('set', KEYS[1], ARGV[1]) return {KEYS[1], 7}";
        assertThat(client.eval(script, List.of("key"), List.of("value")))
                .isEqualTo(List.of("key", 7L));
        assertThat(client.get("key")).isEqualTo("value");
    }

    @Test
    void livesOnAfterARefusedCommand() {
        try (Jedis jedis = new Jedis("127.0.0.1", servers.proxy().port())) {
            long id = jedis.clientId();
            ProtocolCommand unknown = () -> "NOSUCH".getBytes(UTF_8);
            assertThatThrownBy(() -> jedis.sendCommand(unknown, "a"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("ERR unknown command 'NOSUCH'");
            assertThatThrownBy(() -> jedis.sendCommand(Protocol.Command.SUBSCRIBE, "c"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("subscribe");
            assertThatThrownBy(() -> jedis.select(1)).isInstanceOf(JedisDataException.class);
            jedis.set("word", "x");
            assertThatThrownBy(() -> jedis.lpop("word"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageStartingWith("WRONGTYPE");
            assertThat(jedis.get("word")).isEqualTo("x");
            assertThat(jedis.clientId()).isEqualTo(id);
        }
    }

    @Test
    void learnsWhomItTalksTo() {
        try (Jedis jedis = new Jedis("127.0.0.1", servers.proxy().port())) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            assertThat(jedis.ping("hello")).isEqualTo("hello");
            assertThat(jedis.select(0)).isEqualTo("OK");
            assertThat(jedis.clientSetname("me")).isEqualTo("OK");
            assertThat(jedis.clientGetname()).isEqualTo("me");
            assertThat(jedis.clientInfo()).contains("name=me");
            assertThat(jedis.info()).contains("redis_version:");
            assertThat(jedis.info("server")).contains("redis_version:");
            assertThat(jedis.configGet("save")).isEmpty();
            assertThat(jedis.time()).hasSize(2);
        }
    }

    @Test
    void servesManyThreads() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int thread = 0; thread < 20; thread++) {
                String key = "thread" + thread;
                tasks.add(() -> countOwnAnswers(key));
            }
            for (Future<Integer> answers : threads.invokeAll(tasks)) {
                assertThat(answers.get()).isEqualTo(100);
            }
        }
    }

    private int countOwnAnswers(String key) {
        int own = 0;
        for (int i = 0; i < 100; i++) {
            client.set(key, key + i);
            own += (key + i).equals(client.get(key)) ? 1 : 0;
        }
        return own;
    }
}
