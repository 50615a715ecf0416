package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a file can be wrong, with the exact words and the place. */
class ConfigFaultTest {

    private static final NameService RESOLVER = host -> !host.startsWith("nosuch");

    private static final String HASHES =
            "one_at_a_time, md5, crc16, crc32, crc32a, fnv1_64, fnv1a_64, fnv1_32, fnv1a_32, hsieh,"
                    + " murmur, jenkins";

    private static final String SERVER_FORMS =
            " (expected: host:port:weight [name] or /path:weight [name])";

    private static final String LIST =
            " (expected: list of host:port:weight [name] or /path:weight [name])";

    /** A key line put into an otherwise good pool; its value stands in line 4, column by key. */
    @ParameterizedTest
    @MethodSource
    void rejectsValue(String line, String message) {
        String key = line.substring(0, line.indexOf(':'));
        int column = key.length() + 5;

        assertThat(faults("alpha:\n  servers:\n    - h:1:1\n  " + line + "\n" + complement(key)))
                .containsExactly("f.yml:4:" + column + ": " + message);
    }

    static Stream<Arguments> rejectsValue() {
        String number = " (expected: a number from 0 to 2147483647)";
        String positive = " (expected: a number from 1 to 2147483647)";
        String bool = " (expected: true or false)";
        return Stream.of(
                arguments("timeout: abc", "timeout: 'abc' is not a number" + number),
                arguments("timeout: -1", "timeout: '-1' is not a number" + number),
                arguments("timeout: +1", "timeout: '+1' is not a number" + number),
                arguments("timeout: 0x10", "timeout: '0x10' is not a number" + number),
                arguments("timeout: 1.5", "timeout: '1.5' is not a number" + number),
                arguments("timeout: 1 000", "timeout: '1 000' is not a number" + number),
                arguments("timeout: 2147483648", "timeout: '2147483648' is too large" + number),
                arguments(
                        "timeout: 99999999999999999999",
                        "timeout: '99999999999999999999' is too large" + number),
                arguments(
                        "server_retry_timeout: 1s",
                        "server_retry_timeout: '1s' is not a number" + number),
                arguments(
                        "slow_req_duration: x", "slow_req_duration: 'x' is not a number" + number),
                arguments("backlog: many", "backlog: 'many' is not a number" + number),
                arguments(
                        "client_connections: -5",
                        "client_connections: '-5' is not a number" + number),
                arguments("redis_db: one", "redis_db: 'one' is not a number" + number),
                arguments(
                        "server_connections: 0", "server_connections: '0' is too small" + positive),
                arguments(
                        "server_failure_limit: 0",
                        "server_failure_limit: '0' is too small" + positive),
                arguments("redis: yes", "redis: 'yes' is not a boolean" + bool),
                arguments("redis: True", "redis: 'True' is not a boolean" + bool),
                arguments("redis: 1", "redis: '1' is not a boolean" + bool),
                arguments("preconnect: on", "preconnect: 'on' is not a boolean" + bool),
                arguments(
                        "auto_eject_hosts: TRUE",
                        "auto_eject_hosts: 'TRUE' is not a boolean" + bool),
                arguments(
                        "server_probe: yes",
                        "server_probe: 'yes' is not a switch (expected: one of on, off, true,"
                                + " false)"),
                arguments("tcpkeepalive: no", "tcpkeepalive: 'no' is not a boolean" + bool),
                arguments("reuseport: off", "reuseport: 'off' is not a boolean" + bool),
                arguments("allow_flush: all", "allow_flush: 'all' is not a boolean" + bool),
                arguments(
                        "hash: sha1",
                        "hash: 'sha1' is not a hash (expected: one of " + HASHES + ")"),
                arguments(
                        "hash: fnv1a64",
                        "hash: 'fnv1a64' is not a hash, did you mean 'fnv1a_64'? (expected: one of "
                                + HASHES
                                + ")"),
                arguments(
                        "hash: MD5",
                        "hash: 'MD5' is not a hash, did you mean 'md5'? (expected: one of "
                                + HASHES
                                + ")"),
                arguments(
                        "distribution: ketema",
                        "distribution: 'ketema' is not a distribution, did you mean 'ketama'?"
                                + " (expected: one of ketama, modula, random)"),
                arguments(
                        "on_failure: mis",
                        "on_failure: 'mis' is not a reaction to a failure, did you mean 'miss'?"
                                + " (expected: one of error, miss, rehash)"),
                arguments(
                        "on_failure: Error",
                        "on_failure: 'Error' is not a reaction to a failure, did you mean 'error'?"
                                + " (expected: one of error, miss, rehash)"),
                arguments(
                        "on_failure: true",
                        "on_failure: 'true' is not a reaction to a failure (expected: one of error,"
                                + " miss, rehash)"),
                arguments(
                        "on_failure: ''",
                        "on_failure: the value is empty (expected: error, miss, rehash)"),
                arguments(
                        "hash_tag: '{'",
                        "hash_tag: '{' has 1 byte (expected: two bytes, such as \"{}\")"),
                arguments(
                        "hash_tag: '{}}'",
                        "hash_tag: '{}}' has 3 bytes (expected: two bytes, such as \"{}\")"),
                arguments(
                        "hash_tag: 'éé'",
                        "hash_tag: 'éé' has 4 bytes (expected: two bytes, such as \"{}\")"),
                arguments(
                        "hash_tag: ''",
                        "hash_tag: the value is empty (expected: two bytes, such as \"{}\")"),
                arguments("redis_auth: ''", "redis_auth: the value is empty (expected: text)"),
                arguments(
                        "listen: 22121",
                        "listen: '22121' has no port (expected: host:port or /path [permission])"),
                arguments(
                        "listen: :22121",
                        "listen: ':22121' has no host (expected: host:port or /path [permission])"),
                arguments(
                        "listen: h:0",
                        "listen: '0' is not a port (expected: a port from 1 to 65535)"),
                arguments(
                        "listen: h:65536",
                        "listen: '65536' is not a port (expected: a port from 1 to 65535)"),
                arguments(
                        "listen: 'h:'",
                        "listen: '' is not a port (expected: a port from 1 to 65535)"),
                arguments(
                        "listen: h:80x",
                        "listen: '80x' is not a port (expected: a port from 1 to 65535)"),
                arguments(
                        "listen: nosuch.host:80",
                        "listen: host 'nosuch.host' is unknown (expected: a host name or address)"),
                arguments(
                        "listen: /tmp/s 01000",
                        "listen: permission '01000' is too large (expected: octal, at most 0777)"),
                arguments(
                        "listen: /" + "x".repeat(107),
                        "listen: '/"
                                + "x".repeat(107)
                                + "' is too long (expected: a path of at most 107 bytes)"));
    }

    @ParameterizedTest
    @MethodSource
    void rejectsServer(String item, String message) {
        assertThat(faults("alpha:\n  listen: h:1\n  servers:\n    - " + item + "\n"))
                .containsExactly("f.yml:4:7: servers: " + message);
    }

    static Stream<Arguments> rejectsServer() {
        String weight = " (expected: a weight from 1 to 2147483647)";
        return Stream.of(
                arguments("localhost", "'localhost' has no weight" + SERVER_FORMS),
                arguments(
                        "localhost:6379",
                        "'localhost:6379' has no port or no weight" + SERVER_FORMS),
                arguments(":6379:1", "':6379:1' has no host" + SERVER_FORMS),
                arguments(
                        "-h:6379:1",
                        "'-h:6379' is not a host and port (expected: '- ' before each server)"),
                arguments(
                        "x -h:6379:1 n",
                        "'x -h:6379' is not a host and port (expected: '- ' before each"
                                + " server)"),
                arguments("h:6379:0", "'0' is not a weight" + weight),
                arguments("h:6379:one", "'one' is not a weight" + weight),
                arguments("h:6379:-1", "'-1' is not a weight" + weight),
                arguments("h:6379:2147483648", "'2147483648' is not a weight" + weight),
                arguments("h:6379:1  two", "'1 ' is not a weight" + weight),
                arguments("h:6379:1 a b", "'1 a' is not a weight" + weight),
                arguments("h:0:1", "'0' is not a port (expected: a port from 1 to 65535)"),
                arguments("h:65536:1", "'65536' is not a port (expected: a port from 1 to 65535)"),
                arguments("'h:6379:1 '", "'h:6379:1 ' has an empty name" + SERVER_FORMS),
                arguments("' h:6379:1'", "' h:6379:1' has no weight" + SERVER_FORMS),
                arguments("''", "the value is empty" + LIST),
                arguments("/tmp/a.sock", "'/tmp/a.sock' has no weight" + SERVER_FORMS),
                arguments(
                        "/tmp/a:b.sock:1",
                        "'/tmp/a:b.sock' has a colon in its path" + SERVER_FORMS),
                arguments("/tmp/a.sock:0", "'0' is not a weight" + weight),
                arguments(
                        "/" + "x".repeat(107) + ":1",
                        "'/"
                                + "x".repeat(107)
                                + "' is too long (expected: a path of at most 107 bytes)"),
                arguments("- h:6379:1", "a list" + LIST),
                arguments("h: 1", "a block of keys" + LIST));
    }

    @ParameterizedTest
    @MethodSource
    void rejectsShape(String yaml, List<String> messages) {
        assertThat(faults(yaml)).containsExactlyElementsOf(messages);
    }

    static Stream<Arguments> rejectsShape() {
        String poolBlock = " (expected: a pool's name and under it an indented block of keys)";
        String pool = "a:\n  listen: h:1\n  servers:\n    - h:1:1\n";
        return Stream.of(
                arguments("", List.of("f.yml:1:1: an empty file (expected: at least one pool)")),
                arguments(
                        "# only words\n",
                        List.of("f.yml:1:1: an empty file (expected: at least one pool)")),
                arguments("alpha\n", List.of("f.yml:1:1: a text instead of a pool" + poolBlock)),
                arguments("- alpha\n", List.of("f.yml:1:1: a list instead of a pool" + poolBlock)),
                arguments(
                        "alpha:\n",
                        List.of("f.yml:1:1: 'alpha' is not a block of keys" + poolBlock)),
                arguments(
                        "alpha:\n  - x\n",
                        List.of("f.yml:1:1: 'alpha' is not a block of keys" + poolBlock)),
                arguments(
                        "global:\n  stats_duration: 1\n",
                        List.of("f.yml:1:1: a file without pools (expected: at least one pool)")),
                arguments(
                        pool + "global:\n",
                        List.of("f.yml:5:1: 'global' is not a block of keys" + poolBlock)),
                arguments(
                        "'':\n  listen: h:1\n  servers: h:1:1\n",
                        List.of("f.yml:1:1: a pool with an empty name (expected: a name)")),
                arguments(
                        "a:\n  hash: md5\n",
                        List.of(
                                "f.yml:1:1: pool 'a' has no key 'listen' (expected: an address to"
                                        + " listen on)",
                                "f.yml:1:1: pool 'a' has no key 'servers' (expected: at least one"
                                        + " server)")),
                arguments(
                        "a:\n  listen: h:1\n  servers:\n",
                        List.of(
                                "f.yml:3:11: servers: the value is empty (expected: list of"
                                        + " host:port:weight [name] or /path:weight [name])")),
                arguments(
                        "a:\n  listen:\n    - h:1\n  servers: h:1:1\n",
                        List.of(
                                "f.yml:3:5: listen: a list (expected: host:port or /path"
                                        + " [permission])")),
                arguments(
                        "a:\n  listen: h:1\n  servers:\n    x: h:1:1\n",
                        List.of(
                                "f.yml:4:5: servers: a block of keys (expected: list of"
                                        + " host:port:weight [name] or /path:weight [name])")),
                arguments(
                        "a:\n  listen: h:1\n  servers:\n    - a:\n       - b\n",
                        List.of(
                                "f.yml:4:7: servers: a block of keys" + LIST,
                                "f.yml:5:8: a block nested too deep is not allowed"
                                        + " (expected: pools, their keys, and lists)")));
    }

    @ParameterizedTest
    @MethodSource
    void rejectsWhatTwemproxyDisallowsInYaml(String yaml, String message) {
        assertThat(faults(yaml)).containsExactly(message);
    }

    static Stream<Arguments> rejectsWhatTwemproxyDisallowsInYaml() {
        String rest = "  listen: h:1\n  servers:\n    - h:1:1\n";
        String brackets =
                "a value in brackets or braces is not allowed (expected: one key or item a line, or"
                        + " quotes around the value)";
        String marker =
                "a document marker or directive is not allowed (expected: neither '---' nor '%'"
                        + " lines)";
        return Stream.of(
                arguments("---\na:\n" + rest, "f.yml:1:1: " + marker),
                arguments("%YAML 1.2\n---\na:\n" + rest, "f.yml:1:1: " + marker),
                arguments(
                        "a:\n" + rest + "...\n",
                        "f.yml:5:1: a document end marker is not allowed (expected: no '...'"
                                + " line)"),
                arguments(
                        "a:\n" + rest + "---\nb:\n" + rest,
                        "f.yml:5:1: a second document is not allowed (expected: one document)"),
                arguments("a:\n  hash_tag: {}\n" + rest, "f.yml:2:13: " + brackets),
                arguments("a:\n  listen: h:1\n  servers: [ 'h:1:1' ]\n", "f.yml:3:12: " + brackets),
                arguments("{ a: 1 }\n", "f.yml:1:1: " + brackets),
                arguments(
                        "a:\n  hash: &x md5\n" + rest,
                        "f.yml:2:9: an anchor is not allowed (expected: no '&')"),
                arguments(
                        "a:\n  hash: *x\n" + rest,
                        "f.yml:2:9: an alias is not allowed (expected: no '*')"),
                arguments(
                        "a:\n  hash: !!str md5\n" + rest,
                        "f.yml:2:9: a tag is not allowed (expected: no '!')"),
                arguments(
                        "a: !!map\n" + rest, "f.yml:1:4: a tag is not allowed (expected: no '!')"),
                arguments("a:\n" + rest + "? [ x ]\n: 1\n", "f.yml:5:3: " + brackets),
                arguments("%YAML 3.0\n---\na:\n" + rest, "f.yml:1:1: " + marker),
                arguments(
                        "a:\n  hash: \"\\x07\"\n" + rest,
                        "f.yml:2:9: a control character is not allowed (expected: a text on one"
                                + " line)"),
                arguments(
                        "a:\n  hash: |\n    md5\n" + rest,
                        "f.yml:2:9: a control character is not allowed (expected: a text on one"
                                + " line)"));
    }

    @ParameterizedTest
    @MethodSource
    void tellsWhereTheFileStopsBeingYaml(String yaml, String message) {
        assertThat(faults(yaml)).containsExactly(message);
    }

    static Stream<Arguments> tellsWhereTheFileStopsBeingYaml() {
        String step =
                "a line out of step with its block (expected: the indentation of the lines above)";
        return Stream.of(
                arguments(
                        "a:\n\tlisten: h:1\n",
                        "f.yml:2:1: a tab (expected: blanks for indentation)"),
                arguments("a:\n  listen: h:1\n servers:\n    - h:1:1\n", "f.yml:3:2: " + step),
                arguments(
                        "a:\n  listen: 'h:1\n",
                        "f.yml:3:1: found unexpected end of stream (expected: correct YAML)"),
                arguments(
                        "a:\n  hash: @md5\n",
                        "f.yml:2:9: found character '@' that cannot start any token (expected:"
                                + " correct YAML)"),
                arguments(
                        "a:\n  hash: md5: x\n",
                        "f.yml:2:12: mapping values are not allowed here (expected: correct YAML)"),
                arguments(
                        "a:\n  listen h:1\n  servers: h:1:1\n",
                        "f.yml:3:10: mapping values are not allowed here (expected: correct YAML)"),
                arguments(
                        "a:\n  hash: &",
                        "f.yml:2:10: unexpected character found the end of the file (expected:"
                                + " correct YAML)"),
                arguments(
                        "@a:\n",
                        "f.yml:1:1: found character '@' that cannot start any token (expected:"
                                + " correct YAML)"),
                arguments(
                        "a:\n  listen: h:1\n  servers: h:1:1 \u0007\n",
                        "f.yml:3:18: character U+0007 (expected: printable text)"));
    }

    @ParameterizedTest
    @CsvSource({
        "lisen, listen",
        "Listen, listen",
        "distrubution, distribution",
        "hash-tag, hash_tag",
        "server_retry_timout, server_retry_timeout",
        "server_conections, server_connections",
        "auto_eject_host, auto_eject_hosts",
        "onfailure, on_failure",
        "allow_flush_all, allow_flush",
        "prconnect, preconnect",
        "tcp_keepalive, tcpkeepalive",
        "slow_req_durration, slow_req_duration"
    })
    void suggestsTheKeyThatWasMeant(String misspelt, String meant) {
        assertThat(faults("alpha:\n  listen: h:1\n  " + misspelt + ": 1\n  servers: h:1:1\n"))
                .containsExactly(
                        "f.yml:3:3: unknown key '"
                                + misspelt
                                + "', did you mean '"
                                + meant
                                + "'? (expected: a key of a pool)");
    }

    @Test
    void suggestsNothingForAKeyUnlikeAll() {
        assertThat(faults("alpha:\n  listen: h:1\n  sentinels: 1\n  servers: h:1:1\n"))
                .containsExactly("f.yml:3:3: unknown key 'sentinels' (expected: a key of a pool)");
    }

    @Test
    void rejectsDuplicates() {
        assertThat(
                        faults(
                                """
                                alpha:
                                  listen: h:1
                                  timeout: 1
                                  "timeout": 2
                                  servers:
                                    - a:1:1
                                    - a:1:2
                                    - b:1:1 x
                                    - c:1:1 x
                                    - d:1:1 a:1
                                beta:
                                  listen: h:1
                                  servers: a:1:1
                                alpha:
                                  listen: /tmp/s
                                  servers: a:1:1
                                gamma:
                                  listen: /tmp/s 0777
                                  servers: a:1:1
                                """))
                .containsExactly(
                        "f.yml:4:3: key 'timeout' is a duplicate of line 3 (expected: each key once"
                                + " in a pool)",
                        "f.yml:7:7: servers: name 'a:1' is a duplicate of line 6 (expected: each"
                                + " server name once in a pool)",
                        "f.yml:9:7: servers: name 'x' is a duplicate of line 8 (expected: each"
                                + " server name once in a pool)",
                        "f.yml:10:7: servers: name 'a:1' is a duplicate of line 6 (expected: each"
                                + " server name once in a pool)",
                        "f.yml:12:11: listen: 'h:1' is a duplicate of line 2 (expected: each pool"
                                + " listens elsewhere)",
                        "f.yml:14:1: pool 'alpha' is a duplicate of line 1 (expected: each name"
                                + " once)",
                        "f.yml:18:11: listen: '/tmp/s' is a duplicate of line 15 (expected: each"
                                + " pool listens elsewhere)");
    }

    @Test
    void rejectsWrongKeysOfTheGlobalBlock() {
        assertThat(
                        faults(
                                """
                                global:
                                  stats_duration: often
                                  stats_duration: 1
                                  reload_timout: 1
                                  listen: h:1
                                a:
                                  listen: h:1
                                  servers: a:1:1
                                  reload_timeout: soon
                                """))
                .containsExactly(
                        "f.yml:2:19: stats_duration: 'often' is not a number (expected: a number"
                                + " from 0 to 2147483647)",
                        "f.yml:3:3: key 'stats_duration' is a duplicate of line 2 (expected: each"
                                + " key once in a block)",
                        "f.yml:4:3: unknown key 'reload_timout', did you mean 'reload_timeout'?"
                                + " (expected: a key of the global block)",
                        "f.yml:5:3: key 'listen' belongs to a pool (expected: a key of the global"
                                + " block)",
                        "f.yml:9:19: reload_timeout: 'soon' is not a number (expected: a number"
                                + " from 0 to 2147483647)");
    }

    @ParameterizedTest
    @CsvSource({"'',3:3", "'  redis: false\n',4:3"})
    void rejectsPasswordOfAMemcachedPool(String redis, String place) {
        assertThat(
                        faults(
                                "a:\n  listen: h:1\n"
                                        + redis
                                        + "  redis_auth: secret\n  servers: a:1:1\n"))
                .containsExactly(
                        "f.yml:"
                                + place
                                + ": redis_auth: the pool speaks memcached (expected: redis: true"
                                + " beside it)");
    }

    @Test
    void tellsAllFaultsOfTheFileInItsOrder() {
        assertThat(
                        faults(
                                """
                                alpha:
                                  listen: nowhere
                                  hash: murmer
                                  timeout: soon
                                  servers:
                                    - h:1:1
                                    - h:1
                                beta:
                                  servers: h:1:0
                                  redis: maybe
                                gamma:
                                  hash: [ md5 ]
                                  lissten: h:1
                                  servers: 'h:1:1
                                """))
                .extracting(fault -> fault.substring(0, fault.indexOf(' ')))
                .containsExactly(
                        "f.yml:2:11:",
                        "f.yml:3:9:",
                        "f.yml:4:12:",
                        "f.yml:7:7:",
                        "f.yml:8:1:",
                        "f.yml:9:12:",
                        "f.yml:10:10:",
                        "f.yml:12:9:",
                        "f.yml:13:3:",
                        "f.yml:15:1:");
    }

    @Test
    void saysNothingOfMissingKeysBehindASyntaxError() {
        assertThat(faults("alpha:\n  listen: h:1\n  @\n  servers: h:1:1\n")).hasSize(1);
    }

    /** The key that {@code key} leaves missing in the pool. */
    private static String complement(String key) {
        return key.equals("listen")
                ? ""
                : "  listen: h:22121\n" + (key.equals("redis_auth") ? "  redis: true\n" : "");
    }

    private static List<String> faults(String yaml) {
        ConfigException fault =
                catchThrowableOfType(
                        ConfigException.class, () -> ConfigFile.parse("f.yml", yaml, RESOLVER));
        assertThat(fault).as("faults of %s", yaml).isNotNull();
        return fault.problems().stream().map(Problem::toString).toList();
    }
}
