package io.bilitw.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.pool.Relocation;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code bilitw where} and {@code bilitw diff} of the packaged program, against what the proxy
 * itself does with the keys and what they say of each other.
 */
class WhereIT {

    private static final int KEYS = 200;
    private static final int SAMPLE = 100_000;

    private final List<RedisServer> servers = new ArrayList<>();

    @TempDir Path directory;

    @AfterEach
    void stopServers() {
        servers.forEach(RedisServer::close);
    }

    @ParameterizedTest
    @CsvSource({"ketama, fnv1a_64", "modula, md5", "ketama, hsieh"})
    void namesTheServerThatHasTheKey(String distribution, String hash) throws Exception {
        PoolFile pool = PoolFile.redis().set("distribution", distribution).set("hash", hash);
        for (int i = 0; i < 3; i++) {
            servers.add(RedisServer.start());
            pool.server(servers.get(i).address(), i + 1, "server" + i);
        }
        List<String> keys = IntStream.range(0, KEYS).mapToObj(WhereIT::key).toList();
        Map<String, String> told = where(write("bilitw.yml", pool.yaml()), keys);
        try (ProxyProcess proxy = ProxyProcess.start(pool);
                RespClient client = proxy.client()) {
            keys.forEach(key -> client.call("SET", key, "x"));
        }
        for (int i = 0; i < servers.size(); i++) {
            try (RespClient direct = servers.get(i).client()) {
                for (String key : keys) {
                    boolean isHere = direct.call("EXISTS", key).toString().contains("1");
                    assertThat(isHere)
                            .as("%s on server%s", key, i)
                            .isEqualTo(("server" + i).equals(told.get(key)));
                }
            }
        }
        assertThat(told.values()).contains("server0", "server1", "server2");
    }

    @Test
    void countsTheKeysThatAFifthServerTakes() throws Exception {
        PoolFile pool = PoolFile.redis();
        for (int i = 0; i < 4; i++) {
            pool.server("10.0.0." + i + ":6379", "server" + i);
        }
        Path old = write("old.yml", pool.yaml());
        Path next = write("new.yml", pool.server("10.0.0.4:6379", "server4").yaml());
        List<String> keys =
                IntStream.range(0, SAMPLE)
                        .mapToObj(i -> new String(Relocation.sampleKey(i), UTF_8))
                        .toList();
        Map<String, String> before = where(old, keys);
        Map<String, String> after = where(next, keys);
        long moved =
                keys.stream()
                        .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                        .count();
        assertThat(moved).isBetween(SAMPLE * 15L / 100, SAMPLE * 25L / 100);

        List<String> said = run("", "diff", old.toString(), next.toString());

        assertThat(said)
                .contains("pool 'alpha' gets server '10.0.0.4:6379:1 server4'")
                .anyMatch(line ->
                        line.startsWith(
                                "pool 'alpha': %.1f %% of its keys move"
                                        .formatted(100.0 * moved / SAMPLE)));
        long fifth = after.values().stream().filter("server4"::equals).count();
        assertThat(said)
                .anyMatch(line ->
                        line.matches(" *server4 .* %.1f %%".formatted(100.0 * fifth / SAMPLE)));
    }

    @Test
    void diffTellsTheFaultsOfEitherFile() throws Exception {
        Path good = write("good.yml", PoolFile.redis().server("10.0.0.1:6379").yaml());
        Path bad = write("bad.yml", "alpha:\n  listen: 127.0.0.1:1\n  hush: md5\n");

        Process process = start("diff", good.toString(), bad.toString());

        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
                .contains("bad.yml:3:3: unknown key 'hush'");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static String key(int i) {
        return switch (i % 4) {
            case 0 -> "key" + i;
            case 1 -> "user:{" + i / 8 + "}:name";
            case 2 -> "x".repeat(i) + i;
            default -> "{}" + i;
        };
    }

    /** The server of each key. */
    private Map<String, String> where(Path file, List<String> keys) throws Exception {
        List<String> said = run(String.join("\n", keys), "where", "-c", file.toString(), "-");
        Map<String, String> servers = new HashMap<>();
        int column = said.getFirst().indexOf("server");
        assertThat(column).isPositive();
        for (String line : said) {
            String[] words = line.trim().split(" {2,}", -1);
            servers.put(words[0], words[5]);
        }
        servers.remove("key");
        return servers;
    }

    private static List<String> run(String input, String... words) throws Exception {
        Process process = start(words);
        Thread.ofVirtual().start(() -> write(process, input));
        List<String> said =
                new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(process.waitFor()).isZero();
        return said;
    }

    private static void write(Process process, String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(ProxyProcess.packaged() + "/bin/bilitw"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
