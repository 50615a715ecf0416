package io.bilitw.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bilitw.distribution.DistributionType;
import io.bilitw.hash.HashType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigFileTest {

    @TempDir Path directory;

    @Test
    void fillsInEveryDefault() throws ConfigException {
        PoolConfig pool =
                onlyPool(
                        """
                        alpha:
                          listen: 127.0.0.1:22121
                          servers:
                            - 127.0.0.1:6379:1
                        """);

        assertThat(pool.name()).isEqualTo("alpha");
        assertThat(pool.listen()).isEqualTo(new TcpAddress("127.0.0.1", 22121));
        assertThat(pool.hash()).isEqualTo(HashType.FNV1A_64);
        assertThat(pool.hashTag()).isNull();
        assertThat(pool.distribution()).isEqualTo(DistributionType.KETAMA);
        assertThat(pool.timeout()).isZero();
        assertThat(pool.backlog()).isEqualTo(65535);
        assertThat(pool.clientConnections()).isZero();
        assertThat(pool.clientIdleTimeout()).isZero();
        assertThat(pool.redis()).isFalse();
        assertThat(pool.tcpkeepalive()).isFalse();
        assertThat(pool.reuseport()).isFalse();
        assertThat(pool.redisAuth()).isNull();
        assertThat(pool.redisDb()).isZero();
        assertThat(pool.allowFlush()).isFalse();
        assertThat(pool.preconnect()).isFalse();
        assertThat(pool.autoEjectHosts()).isFalse();
        assertThat(pool.serverProbe()).isEqualTo(Switch.OFF);
        assertThat(pool.serverConnections()).isEqualTo(1);
        assertThat(pool.serverRetryTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(pool.serverFailureLimit()).isEqualTo(2);
        assertThat(pool.onFailure()).isEqualTo(OnFailure.ERROR);
        assertThat(pool.slowReqDuration()).isZero();
        assertThat(pool.servers())
                .containsExactly(
                        new ServerConfig(
                                "127.0.0.1:6379",
                                "127.0.0.1:6379:1",
                                new TcpAddress("127.0.0.1", 6379),
                                1));
    }

    @Test
    void readsEveryKeyOfAPool() throws ConfigException {
        PoolConfig pool =
                onlyPool(
                        """
                        gamma:
                          servers:
                            - 10.0.0.2:6379:3 second
                            - /tmp/redis.sock:1 first
                          listen: /tmp/gamma.sock 0660
                          hash: murmur
                          hash_tag: "{}"
                          distribution: modula
                          timeout: 400
                          backlog: 1024
                          client_connections: 5000
                          client_idle_timeout: 300000
                          redis: true
                          tcpkeepalive: true
                          reuseport: true
                          redis_auth: foobared
                          redis_db: 3
                          allow_flush: true
                          preconnect: true
                          auto_eject_hosts: true
                          server_probe: true
                          server_connections: 2
                          server_retry_timeout: 2000
                          server_failure_limit: 5
                          on_failure: miss
                          slow_req_duration: 100
                        """);

        assertThat(pool)
                .isEqualTo(
                        new PoolConfig(
                                "gamma",
                                new UnixAddress("/tmp/gamma.sock", 0660),
                                HashType.MURMUR,
                                new HashTag((byte) '{', (byte) '}'),
                                DistributionType.MODULA,
                                Duration.ofMillis(400),
                                1024,
                                5000,
                                Duration.ofMinutes(5),
                                true,
                                true,
                                true,
                                "foobared",
                                3,
                                true,
                                true,
                                true,
                                Switch.ON,
                                2,
                                Duration.ofSeconds(2),
                                5,
                                OnFailure.MISS,
                                Duration.ofMillis(100),
                                List.of(
                                        new ServerConfig(
                                                "first",
                                                "/tmp/redis.sock:1",
                                                new UnixAddress("/tmp/redis.sock", 0),
                                                1),
                                        new ServerConfig(
                                                "second",
                                                "10.0.0.2:6379:3",
                                                new TcpAddress("10.0.0.2", 6379),
                                                3))));
    }

    @ParameterizedTest
    @MethodSource
    void loadsFilesOfTheVectors(Path file) throws ConfigException {
        ConfigFile loaded = ConfigFile.load(file);

        assertThat(loaded.config().pools()).hasSize(1);
        assertThat(loaded.config().pools().getFirst().servers()).isNotEmpty();
    }

    static List<Path> loadsFilesOfTheVectors() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("src/test/resources/vectors/distribution_configs"))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSize(21);
            return all;
        }
    }

    @Test
    void readsTheFileAsItStandsInTheWorld() throws ConfigException {
        Config config = ConfigFile.load(Path.of("src/test/resources/conf/twemproxy.yml")).config();

        assertThat(config.pools())
                .extracting(PoolConfig::name)
                .containsExactly("beta", "alpha", "delta", "gamma", "omega");
        assertThat(config.pools().getFirst().servers())
                .extracting(ServerConfig::name)
                .containsExactly("server1", "server2", "server3", "server4");
    }

    @Test
    void takesAByteOrderMarkAndWindowsLines() throws Exception {
        Path file = directory.resolve("windows.yml");
        Files.writeString(
                file, "\uFEFFalpha:\r\n  listen: 127.0.0.1:1\r\n  servers:\r\n  - h:1:1\r\n");

        assertThat(ConfigFile.load(file).config().pools().getFirst().listen())
                .isEqualTo(new TcpAddress("127.0.0.1", 1));
    }

    @Test
    void tellsWhereTheFileIsNotUtf8() throws IOException {
        Path file = directory.resolve("latin1.yml");
        Files.write(
                file,
                "alpha:\n  listen: 127.0.0.1:1\n  servers: h:1:1 # \u00e9\n".getBytes(ISO_8859_1));

        assertThatThrownBy(() -> ConfigFile.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ":3:20: a byte that is not UTF-8 (expected: UTF-8 text)");
    }

    @Test
    void tellsWhyAFileCannotBeOpened() {
        Path file = directory.resolve("absent.yml");

        assertThatThrownBy(() -> ConfigFile.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": cannot be read: No such file or directory");
        assertThatThrownBy(() -> ConfigFile.load(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessage(directory + ": cannot be read: Is a directory");
    }

    @Test
    void tellsFaultsOfABinaryFileInAFewLines() throws IOException {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(directory.resolve("binary"), bytes);

        ConfigException fault =
                catchThrowableOfType(ConfigException.class, () -> ConfigFile.load(file));

        assertThat(fault.problems()).hasSizeBetween(1, 10);
    }

    @Test
    void resolvesTheHostToListenOn() {
        assertThatThrownBy(() ->
                        ConfigFile.parse("f.yml", "a:\n  listen: no..host:1\n  servers: h:1:1\n"))
                .hasMessage(
                        "f.yml:2:11: listen: host 'no..host' is unknown (expected: a host name or"
                                + " address)");
    }

    private static PoolConfig onlyPool(String yaml) throws ConfigException {
        Config config = ConfigFile.parse("test.yml", yaml).config();
        assertThat(config.pools()).hasSize(1);
        return config.pools().getFirst();
    }
}
