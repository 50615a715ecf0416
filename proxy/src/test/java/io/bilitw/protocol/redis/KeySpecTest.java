package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySpecTest {

    private static final String NOT_FOUND = "-";

    @ParameterizedTest
    @CsvSource({
        "ping, ''",
        "get a, a",
        "set a 1 nx, a",
        "rename a b, a b",
        "mget a b c, a b c",
        "mset a 1 b 2, a b",
        "mset a 1 b, -",
        "bitop and d a b, d a b",
        "zunion 2 a b weights 1 2, a b",
        "zunion 0 a, -",
        "zunion 3 a b, -",
        "zunion x a, -",
        "zunion -1 a, -",
        "zunion 99999999999 a, -",
        "zunionstore d 2 a b, d a b",
        "zunionstore d 2 a, -",
        "lmpop 1 a left, a",
        "msetex 2 a 1 b 2 ex 9, a b",
        "msetex 2 a 1 b, -",
        "eval s 2 a b c, a",
        "eval s 0 c, -",
        "fcall f 1 a, a",
        "sort a, a",
        "sort a by store get store limit 0 store store d, a d",
        "sort a STORE d STORE e, a e",
        "sort a store, a",
        "georadius a 1 2 3 m store d, a d",
        "georadius a 1 2 3 m STOREDIST d asc, a d",
        "georadiusbymember a m 3 km count 4, a",
        "xread count 2 streams a b 0 0, a b",
        "xread streams a b 0, -",
        "xread count streams a 0, -",
        "xread block 0 streams a 0, -",
        "xread streams block 0, block",
        "xreadgroup group streams c noack claim 9 streams a >, a",
        "xreadgroup group g c a >, -",
        "object encoding a, a",
        "OBJECT FREQ a, a",
        "object help, -",
        "object nothing a, -",
        "memory usage a samples 0, a",
        "memory doctor, -",
        "xgroup create a g 0, a",
        "xinfo stream a full, a",
        "json.mget a b $, a b",
        "json.mset a $ 1 b $ 2, a b",
        "json.mset a $ 1 b $, -",
        "cms.merge d 2 a b weights 1 2, d a b",
        "ts.madd a 1 2 b 3 4, a b",
    })
    void findsTheKeysThatDecideTheServer(String line, String expected) {
        assertThat(keys(line, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "eval s 2 a b c, a b",
        "xread block 0 streams a 0, a",
        "blpop a b 0, a b",
        "get a, a",
    })
    void findsAllKeysForGetkeys(String line, String expected) {
        assertThat(keys(line, true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "zunion 0 a, NUMBER_OF_KEYS",
        "eval s 0 a, SCRIPT_WITHOUT_KEY",
        "eval s x a, NUMBER_OF_KEYS",
        "xread block 0 streams a 0, BLOCK_OPTION",
        "xread streams a b 0, UNBALANCED_STREAMS",
        "xread count 1 a 0, SYNTAX",
        "object help, UNSUPPORTED_SUBCOMMAND",
        "object encoding, SUBCOMMAND_ARITY",
        "mset a 1 b, WRONG_ARITY",
    })
    void saysWhyNoKeysAreFound(String line, RedisError expected) {
        SampleArguments arguments = SampleArguments.of(line);
        assertThat(arguments.command().keys().complaint(arguments)).isEqualTo(expected);
    }

    @Test
    void neverThrowsHoweverFewArgumentsThereAre() {
        String[] words = {"2", "a", "streams", "store", "encoding", "block"};
        KeyList keys = new KeyList();
        for (RedisCommand command : RedisCommand.values()) {
            StringBuilder line = new StringBuilder(command.lowerName());
            for (String word : words) {
                SampleArguments arguments = SampleArguments.of(line.toString());
                if (!command.keys().find(arguments, keys)) {
                    assertThat(command.keys().complaint(arguments)).isNotNull();
                }
                command.keys().findAll(arguments, keys);
                line.append(' ').append(word);
            }
        }
    }

    @Test
    void needsNoMoreArgumentsThanItSays() {
        assertThat(RedisCommand.GET.argumentsKept()).isEqualTo(2);
        assertThat(RedisCommand.RENAME.argumentsKept()).isEqualTo(3);
        assertThat(RedisCommand.EVAL.argumentsKept()).isEqualTo(4);
        assertThat(RedisCommand.OBJECT.argumentsKept()).isEqualTo(3);
        assertThat(RedisCommand.MGET.argumentsKept()).isEqualTo(Integer.MAX_VALUE);
        assertThat(RedisCommand.PING.argumentsKept()).isEqualTo(Integer.MAX_VALUE);
    }

    private static String keys(String line, boolean all) {
        SampleArguments arguments = SampleArguments.of(line);
        KeyList keys = new KeyList();
        KeySpec spec = arguments.command().keys();
        if (!(all ? spec.findAll(arguments, keys) : spec.find(arguments, keys))) {
            return NOT_FOUND;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            names.add(arguments.text(keys.get(i)));
        }
        return String.join(" ", names);
    }
}
