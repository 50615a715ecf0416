package io.bilitw.protocol.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of commands against what a real redis says of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisCommandIT {

    private final RedisServer server = RedisServer.onUnixSocket();
    private final RespClient redis = server.client();

    /** What redis says of one command. */
    private record Said(int arity, Set<String> flags, List<Long> keys) {}

    @AfterAll
    void stop() {
        try (server) {
            redis.close();
        }
    }

    @Test
    void hasARowForEveryCommandWithTheSameArity() {
        SoftAssertions softly = new SoftAssertions();
        said().forEach((name, said) ->
                softly.assertThat(row(name))
                        .as(name)
                        .extracting(RedisCommand::arity)
                        .isEqualTo(said.arity()));
        softly.assertAll();
    }

    @Test
    void hasTheSameFlags() {
        Set<String> known =
                Arrays.stream(CommandFlag.values())
                        .map(CommandFlag::wireName)
                        .collect(Collectors.toSet());
        SoftAssertions softly = new SoftAssertions();
        said().forEach((name, said) -> {
            Set<String> flags = new TreeSet<>(said.flags());
            flags.retainAll(known);
            softly.assertThat(row(name).flags())
                    .as(name)
                    .extracting(CommandFlag::wireName)
                    .containsExactlyInAnyOrderElementsOf(flags);
        });
        softly.assertAll();
    }

    @Test
    void hasTheSameKeys() {
        SoftAssertions softly = new SoftAssertions();
        said().forEach((name, said) -> {
            KeySpec keys = row(name).keys();
            softly.assertThat(List.of(keys.first(), keys.last(), keys.step()))
                    .as(name)
                    .isEqualTo(said.keys().stream().map(Long::intValue).toList());
            if (!row(name).isRefused()) {
                softly.assertThat(keys.isMovable())
                        .as(name + " movablekeys")
                        .isEqualTo(said.flags().contains("movablekeys"));
            }
        });
        softly.assertAll();
    }

    @Test
    void hasASampleForEveryCommandWithMovableKeys() throws Exception {
        Set<String> sampled = new TreeSet<>();
        ValueSource samples =
                RedisCommandIT.class
                        .getDeclaredMethod("findsTheKeysThatRedisFinds", String.class)
                        .getAnnotation(ValueSource.class);
        for (String sample : samples.strings()) {
            sampled.add(sample.substring(0, sample.indexOf(' ')));
        }
        Set<String> movable = new TreeSet<>();
        said().forEach((name, said) -> {
            if (said.flags().contains("movablekeys")) {
                movable.add(name);
            }
        });
        assertThat(sampled).containsAll(movable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get a",
                "mget a b c",
                "mset a 1 b 2",
                "msetnx a 1 b 2",
                "bitop and d a b",
                "rename a b",
                "lmove a b left right",
                "pfmerge d a b",
                "sort a",
                "sort a by w_* limit 0 1 get x store d",
                "sort a limit store 1 store d",
                "sort a store d store e",
                "sort_ro a by w_* get #",
                "georadius a 1 2 3 m",
                "georadius a 1 2 3 m store d",
                "georadius a 1 2 3 m count 3 asc store d",
                "georadiusbymember a m 3 m storedist d",
                "xread count 1 streams a b 0 0",
                "xread streams streams 0",
                "xread block 0 streams a 0",
                "xreadgroup group streams c noack count 1 streams a >",
                "lmpop 2 a b left",
                "blmpop 0 2 a b left",
                "zmpop 2 a b min",
                "bzmpop 0 2 a b min",
                "sintercard 2 a b limit 1",
                "zintercard 2 a b",
                "zdiff 2 a b withscores",
                "zinter 2 a b weights 1 2",
                "zunion 1 a aggregate sum",
                "zdiffstore d 2 a b",
                "zinterstore d 2 a b weights 1 2",
                "zunionstore d 1 a",
                "eval s 2 a b x",
                "evalsha s 1 a",
                "eval_ro s 1 a x y",
                "evalsha_ro s 1 a",
                "fcall f 2 a b",
                "fcall_ro f 1 a",
                "migrate host 6379 a 0 100",
                "blpop a b 0",
                "object encoding a",
                "memory usage a samples 1",
                "xgroup create a g 0",
                "xgroup destroy a g",
                "xgroup createconsumer a g c",
                "xgroup delconsumer a g c",
                "xgroup setid a g 0",
                "xinfo stream a full",
                "xinfo groups a",
                "xinfo consumers a g",
            })
    void findsTheKeysThatRedisFinds(String sample) {
        SampleArguments arguments = SampleArguments.of(sample);
        KeyList keys = new KeyList();

        assertThat(arguments.command().keys().findAll(arguments, keys)).isTrue();

        List<Object> found = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            found.add(arguments.text(keys.get(i)));
        }
        assertThat(found)
                .isEqualTo(redis.send("command getkeys " + sample + "\r\n").read().value());
    }

    private static RedisCommand row(String name) {
        return SampleArguments.of(name).command();
    }

    private Map<String, Said> said() {
        Map<String, Said> said = new LinkedHashMap<>();
        for (Object entry : redis.call("COMMAND").elements()) {
            List<?> values = (List<?>) requireNonNull(entry);
            Set<String> flags = new TreeSet<>();
            ((List<?>) values.get(2)).forEach(flag -> flags.add((String) flag));
            said.put(
                    (String) values.get(0),
                    new Said(
                            ((Long) values.get(1)).intValue(),
                            flags,
                            values.subList(3, 6).stream().map(Long.class::cast).toList()));
        }
        assertThat(said).hasSizeGreaterThan(200);
        return said;
    }
}
