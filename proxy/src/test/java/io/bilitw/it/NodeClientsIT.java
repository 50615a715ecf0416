package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ProxiedMemcached;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.ProxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clients of Node.js through the proxy. npm installs them, in the versions of
 * clients/node/package.json; the scripts beside it say what is tried.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeClientsIT {

    private static final Path DIRECTORY = Path.of("target", "clients", "node");

    private final ProxiedServers redis = ProxiedServers.start(3);
    private final ProxiedMemcached memcached = ProxiedMemcached.start(3);

    @BeforeAll
    static void install() throws IOException {
        Files.createDirectories(DIRECTORY);
        try (Stream<Path> files = Files.list(ClientProgram.SCRIPTS.resolve("node"))) {
            for (Path file : files.toList()) {
                Path copy = DIRECTORY.resolve(file.getFileName());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String options = "--no-package-lock --no-audit --no-fund --prefer-offline";
        inDirectory(("npm install " + options).split(" ", -1)).succeeded();
    }

    @BeforeEach
    void empty() {
        redis.flush();
        memcached.flush();
    }

    @AfterAll
    void stop() {
        try (redis) {
            memcached.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ioredis.js", "node-redis.js"})
    void servesRedis(String script) {
        assertPasses(script, redis.proxy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memcached.js", "memcache-client.js"})
    void servesMemcached(String script) {
        assertPasses(script, memcached.proxy());
    }

    private static void assertPasses(String script, ProxyProcess proxy) {
        String port = Integer.toString(proxy.port());
        ClientProgram tests = inDirectory("node", "--test-reporter=tap", script, port);
        assertThat(tests.succeeded())
                .containsPattern("# pass [1-9]")
                .contains("# fail 0", "# cancelled 0", "# skipped 0", "# todo 0");
    }

    private static ClientProgram inDirectory(String... command) {
        return ClientProgram.run(DIRECTORY, Map.of(), "", command);
    }
}
