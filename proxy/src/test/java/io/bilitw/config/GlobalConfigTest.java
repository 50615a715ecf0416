package io.bilitw.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code global} block, its keys where they do not belong, and the warnings of a good file. */
class GlobalConfigTest {

    private static final String POOL =
            """
            alpha:
              listen: 127.0.0.1:22121
              servers: 127.0.0.1:6379:1
            """;

    @Test
    void hasDefaultsWithoutABlock() throws ConfigException {
        assertThat(load(POOL).config().global())
                .isEqualTo(
                        new GlobalConfig(
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(2),
                                Duration.ZERO,
                                Duration.ofSeconds(10),
                                0,
                                0,
                                Duration.ofMinutes(1),
                                Path.of("/tmp/twstats.log"),
                                null));
    }

    @Test
    void readsTheBlockBehindThePools() throws ConfigException {
        ConfigFile file =
                load(
                        POOL
                                + """
                                global:
                                  stats_duration: 1000
                                  reload_timeout: 2000
                                  slow_req_duration: 30
                                  worker_timeout: 1500
                                  max_memory: 256mb
                                  max_request_size: 1024KB
                                  client_output_timeout: 5000
                                  stats_file: /var/log/stats.log
                                """);

        assertThat(file.config().global())
                .isEqualTo(
                        new GlobalConfig(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(30),
                                Duration.ofMillis(1500),
                                256 << 20,
                                1 << 20,
                                Duration.ofSeconds(5),
                                Path.of("/var/log/stats.log"),
                                null));
        assertThat(file.config().pools()).hasSize(1);
        assertThat(file.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    1.5gb | '1.5gb' is not a number of bytes
                    mb | 'mb' is not a number of bytes
                    12tb | '12tb' is not a number of bytes
                    64mb | '64mb' is too small
                    99999999999gb | '99999999999gb' is too large
                    """)
    void refusesWhatIsNoSize(String text, String reason) {
        assertThatThrownBy(() -> load("global:\n  max_memory: " + text + "\n" + POOL))
                .hasMessageContaining(
                        "f.yml:2:15: max_memory: "
                                + reason
                                + " (expected: a number of bytes from 134217728 on, such as 512mb"
                                + " or 1gb)");
    }

    @Test
    void takesZeroPeriodsAsNotSet() throws ConfigException {
        GlobalConfig global =
                load("global:\n  stats_duration: 0\n  reload_timeout: 0\n" + POOL)
                        .config()
                        .global();

        assertThat(global.statsDuration()).isEqualTo(Duration.ofMinutes(5));
        assertThat(global.reloadTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void givesAPoolItsOwnSlowRequestThreshold() throws ConfigException {
        Config config =
                load("""
                aa:
                  listen: 127.0.0.1:1
                  slow_req_duration: 100
                  servers: h:1:1
                bb:
                  listen: 127.0.0.1:2
                  servers: h:1:1
                cc:
                  listen: 127.0.0.1:3
                  slow_req_duration: 0
                  servers: h:1:1
                global:
                  slow_req_duration: 20
                """)
                        .config();

        assertThat(config.pools())
                .extracting(PoolConfig::slowReqDuration)
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(20), Duration.ZERO);
    }

    @Test
    void obeysMisplacedKeysWithAWarningAndTheLastOneWins() throws ConfigException {
        ConfigFile file =
                load(
                        "global:\n  reload_timeout: 5\n"
                                + POOL
                                + "  stats_duration: 7\n  reload_timeout: 6\n");

        assertThat(file.config().global().statsDuration()).isEqualTo(Duration.ofMillis(7));
        assertThat(file.config().global().reloadTimeout()).isEqualTo(Duration.ofMillis(6));
        assertThat(file.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yml:6:3: warning: stats_duration: this key belongs into the block"
                                + " 'global' and counts for all pools",
                        "f.yml:7:3: warning: reload_timeout: this key belongs into the block"
                                + " 'global' and counts for all pools");
    }

    @Test
    void warnsOfCrc32WithKetama() throws ConfigException {
        assertThat(load(POOL + "  hash: crc32\n").warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yml:4:3: warning: hash: crc32 has 15 bits only, so ketama sends every"
                                + " key to one server; use crc32a");
        assertThat(load(POOL + "  hash: crc32\n  distribution: modula\n").warnings()).isEmpty();
    }

    @Test
    void warnsThatTheClientLimitHoldsNow() throws ConfigException {
        assertThat(load(POOL + "  client_connections: 100\n").warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yml:4:3: warning: client_connections: more than 100 clients are refused;"
                                + " twemproxy ignored this key");
        assertThat(load(POOL + "  client_connections: 0\n").warnings()).isEmpty();
    }

    @Test
    void warnsThatARedisPoolHasNoFlush() throws ConfigException {
        assertThat(load(POOL + "  allow_flush: true\n  redis: true\n").warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yml:4:3: warning: allow_flush: flush_all is a command of memcached; in a"
                                + " redis pool this key has no effect");
        assertThat(load(POOL + "  allow_flush: false\n  redis: true\n").warnings()).isEmpty();
        assertThat(load(POOL + "  allow_flush: true\n  redis: false\n").warnings()).isEmpty();
        assertThat(load(POOL + "  allow_flush: true\n").warnings()).isEmpty();
    }

    @Test
    void warnsOfProbesWhereNoServerIsEjected() throws ConfigException {
        assertThat(load(POOL + "  server_probe: true\n").warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yml:4:3: warning: server_probe: only ejected servers are probed, and"
                                + " without auto_eject_hosts: true none is ejected; this key has no"
                                + " effect");
        assertThat(load(POOL + "  server_probe: true\n  auto_eject_hosts: true\n").warnings())
                .isEmpty();
        assertThat(load(POOL + "  server_probe: true\n  on_failure: rehash\n").warnings())
                .isEmpty();
        assertThat(load(POOL + "  server_probe: false\n").warnings()).isEmpty();
    }

    @Test
    void sortsPoolsByLengthOfNameFirst() throws ConfigException {
        Config config =
                load("""
                ccc:
                  listen: 127.0.0.1:1
                  servers: h:1:1
                b:
                  listen: 127.0.0.1:2
                  servers: h:1:1
                aa:
                  listen: 127.0.0.1:3
                  servers: h:1:1
                """)
                        .config();

        assertThat(config.pools()).extracting(PoolConfig::name).containsExactly("b", "aa", "ccc");
    }

    @Test
    void neverShowsThePassword() throws ConfigException {
        Config config = load(POOL + "  redis: true\n  redis_auth: s3cret\n").config();

        assertThat(config.pools().getFirst().redisAuth()).isEqualTo("s3cret");
        assertThat(config.toString()).doesNotContain("s3cret").contains("alpha");
    }

    private static ConfigFile load(String yaml) throws ConfigException {
        return ConfigFile.parse("f.yml", yaml);
    }
}
