package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools that come with redis: redis-cli and redis-benchmark. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisToolsIT {

    private static final String BENCHED =
            "ping,set,get,incr,lpush,rpush,lpop,rpop,sadd,hset,spop,zadd,zpopmin,lrange,mset";

    /** A result of redis-benchmark -q: a name, then requests per second. */
    private static final Pattern RESULT =
            Pattern.compile("(\\S[^\\r\\n]*): [\\d.]+ requests per second");

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final String port = Integer.toString(servers.proxy().port());

    @BeforeEach
    void empty() {
        servers.flush();
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @Test
    void cliCarriesOutOneCommand() {
        assertThat(cli("", "SET", "key", "value")).isEqualTo("OK\n");
        assertThat(cli("", "GET", "key")).isEqualTo("value\n");
        assertThat(cli("", "-n", "0", "GET", "key")).isEqualTo("value\n");
        assertThat(cli("", "-u", "redis://127.0.0.1:" + port, "GET", "key")).isEqualTo("value\n");
        assertThat(cli("", "--no-raw", "MGET", "key", "nosuch"))
                .isEqualTo("1) \"value\"\n2) (nil)\n");
        assertThat(cli("from standard input", "-x", "SET", "key")).isEqualTo("OK\n");
        assertThat(cli("", "GET", "key")).isEqualTo("from standard input\n");
        assertThat(cli("", "EVAL", "return KEYS[1]", "1", "key")).isEqualTo("key\n");
        assertThat(cli("", "INFO", "server")).contains("redis_version:");
    }

    @Test
    void cliReadsManyCommands() {
        String answers = cli("SET a 1\nINCR a\nNOSUCH a\nKEYS *\nGET a\nPING\nDBSIZE\nECHO bye\n");
        List<String> lines = answers.lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(2)).startsWith("ERR unknown command 'NOSUCH'");
        assertThat(lines.get(3)).startsWith("ERR unsupported command 'keys'");
        assertThat(lines.get(6)).startsWith("ERR unsupported command 'dbsize'");
        assertThat(Stream.of(0, 1, 4, 5, 7).map(lines::get))
                .containsExactly("OK", "2", "2", "PONG", "bye");
    }

    @Test
    void cliLoadsInBulk() {
        var commands = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            commands.append(Resp.text(Resp.request("SET", "key:" + i, "value:" + i)));
        }
        assertThat(cli(commands.toString(), "--pipe")).endsWith("errors: 0, replies: 10000\n");
        long stored = 0;
        for (RedisServer server : servers.servers()) {
            long own = server.ask("DBSIZE").integer();
            assertThat(own).as("keys on %s", server.address()).isPositive();
            stored += own;
        }
        assertThat(stored).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-n 100", "-n 160 -P 16"})
    void benchmarkRunsItsTests(String load) {
        String options = "-q -t " + BENCHED + " " + load;
        assertThat(benchmark(options.split(" ", -1)))
                .startsWith("PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "LPUSH", "RPUSH")
                .contains("LPOP", "RPOP", "SADD", "HSET", "SPOP", "ZADD", "ZPOPMIN")
                .contains("LRANGE_100 (first 100 elements)", "LRANGE_600 (first 600 elements)")
                .endsWith("MSET (10 keys)");
    }

    @Test
    void benchmarkSpreadsItsKeys() {
        String options = "-q -t set,get,mset -n 2000 -P 32 -c 20 -r 1000000 -d 1000";
        assertThat(benchmark(options.split(" ", -1)))
                .containsExactly("SET", "GET", "MSET (10 keys)");
        assertThat(servers.servers())
                .allSatisfy(server -> assertThat(server.ask("DBSIZE").integer()).isPositive());
    }

    @Test
    void benchmarkRunsAnyCommand() {
        assertThat(benchmark("-q", "-n", "500", "PING")).containsExactly("PING");
        assertThat(benchmark("-q", "-n", "500", "-r", "9", "HSET", "h:__rand_int__", "f", "v"))
                .containsExactly("HSET h:__rand_int__ f v");
    }

    private String cli(String input, String... arguments) {
        return ClientProgram.run(Path.of("."), Map.of(), input, at("redis-cli", arguments))
                .succeeded();
    }

    /** Runs redis-benchmark, which must not complain, and returns the names of its results. */
    private List<String> benchmark(String... arguments) {
        String output = ClientProgram.run(at("redis-benchmark", arguments)).succeeded();
        assertThat(output).doesNotContainIgnoringCase("error");
        return RESULT.matcher(output).results().map(result -> result.group(1)).toList();
    }

    private String[] at(String program, String... arguments) {
        var command = new ArrayList<>(List.of(program, "-p", port));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }
}
