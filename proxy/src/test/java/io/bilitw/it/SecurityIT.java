package io.bilitw.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.ListeningSockets;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program shows to others, and where it lets them in. */
class SecurityIT {

    private static final String PASSWORD = "Geh31m!";
    private static final String OTHER_PASSWORD = "Auch-geh31m!";

    private final RedisServer redis = RedisServer.start("--requirepass", PASSWORD);
    private final PoolFile alpha =
            PoolFile.redis().set("redis_auth", PASSWORD).set("timeout", 2000).server(redis);

    @TempDir Path directory;

    @AfterEach
    void stopServer() {
        redis.close();
    }

    @Test
    void nothingListensButWhatIsConfigured() {
        PoolFile beta =
                PoolFile.memcache()
                        .named("beta")
                        .set("listen", directory.resolve("b.sock") + " 0600")
                        .server("127.0.0.1:1");
        // the JVM's own door for jcmd, which tests have open otherwise
        String shut = "-XX:-StartAttachListener";
        try (ProxyProcess proxy = ProxyProcess.startWith(shut, 2, alpha, beta);
                RespClient client = proxy.client()) {
            client.call("AUTH", PASSWORD);
            client.call("GET", "a"); // connects to the server

            assertThat(ListeningSockets.of(processes(proxy)))
                    .containsExactlyInAnyOrder(
                            "tcp " + alpha.value("listen"),
                            "unix " + directory.resolve("b.sock"),
                            "unix " + proxy.pidFile() + ".sock",
                            "tcp 127.0.0.1:" + proxy.statsPort(),
                            // whose address nobody has given
                            "tcp 127.0.0.1:" + proxy.httpPort());
        }
    }

    @Test
    void whatProcessesShareIsTheirOwnersAlone() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            assertThat(mode(Path.of(proxy.pidFile() + ".sock"))).isEqualTo("rw-------");
            List<String> memory = new ArrayList<>();
            for (Path file : openFiles(proxy.pid())) {
                String target = target(file);
                if (target.contains("memfd:")) {
                    memory.add(target);
                    assertThat(mode(file)).as(target).isEqualTo("rw-------");
                }
            }
            assertThat(memory).anyMatch(name -> name.contains("bilitw-slowlog"));
            for (long process : processes(proxy)) {
                assertThat(mode(Path.of("/proc", Long.toString(process), "fd")))
                        .isEqualTo("r-x------");
            }
        }
    }

    @Test
    void unixSocketsHaveTheModeOfTheConfigurationOrTheDefault() throws Exception {
        Path open = directory.resolve("open.sock");
        Path shut = directory.resolve("shut.sock");
        Path plain = directory.resolve("plain.sock");
        try (ProxyProcess proxy =
                ProxyProcess.startWorkers(
                        1,
                        alpha,
                        memcachedOn("b", open + " 0666"),
                        memcachedOn("c", shut + " 0600"),
                        memcachedOn("d", plain.toString()))) {
            assertThat(proxy.pid()).isPositive();
            assertThat(mode(open)).isEqualTo("rw-rw-rw-");
            assertThat(mode(shut)).isEqualTo("rw-------");
            assertThat(mode(plain)).isEqualTo(modeOfAnySocket());
        }
    }

    @Test
    void aPasswordIsNowhereToBeSeen() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.startWorkers(2, alpha)) {
            logAll(proxy, 6);
            try (RespClient client = proxy.client()) {
                client.call("AUTH", PASSWORD + "x");
                client.call("AUTH", "default", OTHER_PASSWORD);
                client.call("HELLO", "2", "AUTH", "default", PASSWORD);
                client.call("AUTH", PASSWORD);
                assertThat(client.call("SET", "a", "1").text()).isEqualTo("+OK\r\n");
                assertThat(client.call("SLOWLOG", "GET").text()).doesNotContain(PASSWORD);
                assertThat(client.call("INFO").text()).doesNotContain(PASSWORD);
            }
            proxy.awaitLog("request done", 5);
            for (long process : processes(proxy)) {
                for (String file : List.of("cmdline", "environ")) {
                    byte[] shown = Files.readAllBytes(Path.of("/proc/" + process, file));
                    assertThat(new String(shown, ISO_8859_1)).doesNotContain("geh31m", PASSWORD);
                }
            }
            for (String path :
                    List.of("/", "/config", "/stats", "/metrics", "/history", "/slowlog")) {
                assertThat(get(proxy, path)).as(path).isNotEmpty().doesNotContain(PASSWORD);
            }
            assertThat(get(proxy, "/config")).contains("\"redis_auth\":\"***\"");
            assertThat(proxy.stats()).contains("alpha").doesNotContain(PASSWORD);

            for (int level = 10; level >= 7; level--) {
                turn(proxy, "TTOU", level); // Netty's own traces of its start hold no password
            }
            proxy.rewrite(alpha.set("redis_auth", OTHER_PASSWORD).yaml());
            proxy.signal("HUP");
            proxy.awaitLog("reload is done", 1);
            logAll(proxy, 7);
            try (RespClient client = proxy.client()) {
                client.call("AUTH", OTHER_PASSWORD);
                assertThat(client.call("GET", "a").text())
                        .startsWith("-ERR AUTH failed on server: ")
                        .doesNotContain(OTHER_PASSWORD);
            }
            assertThat(proxy.log())
                    .contains("has another redis_auth", "AUTH failed on server")
                    .doesNotContain(PASSWORD, OTHER_PASSWORD);
        }
    }

    @Test
    void aServerThatRepeatsThePasswordIsNotRepeated() {
        try (RedisServer strange = RedisServer.start("--rename-command", "AUTH", "NOAUTH");
                ProxyProcess proxy =
                        ProxyProcess.start(
                                PoolFile.redis().set("redis_auth", PASSWORD).server(strange));
                RespClient client = proxy.client()) {
            assertThat(strange.ask("AUTH", PASSWORD).text()).contains(PASSWORD);
            client.call("AUTH", PASSWORD);
            assertThat(client.call("GET", "a").text())
                    .isEqualTo("-ERR AUTH failed on server: ERR unknown command 'AUTH'\r\n");
            assertThat(proxy.log()).contains("unknown command").doesNotContain(PASSWORD);
        }
    }

    @Test
    void neitherATestOfTheFileNorADiffShowsAPassword() throws Exception {
        Path good = write("good.yml", alpha.yaml());
        Path other = write("other.yml", alpha.set("redis_auth", OTHER_PASSWORD).yaml());
        Path bad =
                write(
                        "bad.yml",
                        "a:\n  listen: 127.0.0.1:1\n  servers: h:1:1\n  redis: true\n   redis_auth:"
                                + OTHER_PASSWORD
                                + "\n");

        assertThat(said("diff", good.toString(), other.toString()))
                .contains("pool 'alpha' has another redis_auth")
                .doesNotContain(PASSWORD, OTHER_PASSWORD);
        assertThat(said("-t", "-c", bad.toString()))
                .contains("syntax is invalid")
                .contains("redis: the value goes on in the line of redis_auth")
                .doesNotContain(OTHER_PASSWORD);
    }

    @Test
    void theSbomNamesEveryJarThatIsPackaged() throws IOException {
        Path home = ProxyProcess.packaged();
        Set<String> packaged = new TreeSet<>();
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.equals("bilitw.jar"))
                    .forEach(packaged::add);
        }
        Set<String> named = new TreeSet<>();
        JsonNode sbom = new JsonMapper().readTree(Files.readString(home.resolve("sbom.json")));
        for (JsonNode component : sbom.get("components")) {
            String url = component.get("purl").asString();
            int classifier = url.indexOf("classifier=");
            named.add(
                    component.get("name").asString()
                            + "-"
                            + component.get("version").asString()
                            + (classifier < 0
                                    ? ""
                                    : "-" + url.substring(classifier + 11, url.indexOf('&')))
                            + ".jar");
        }
        assertThat(named).isEqualTo(packaged).isNotEmpty();
    }

    /** Turns the log up until it tells of each request. */
    private static void logAll(ProxyProcess proxy, int from) {
        for (int level = from + 1; level <= 11; level++) {
            turn(proxy, "TTIN", level);
        }
    }

    private static void turn(ProxyProcess proxy, String signal, int level) {
        int before = proxy.logged("log level is " + level);
        proxy.signal(signal);
        proxy.awaitLog("log level is " + level, before + 1);
    }

    private static PoolFile memcachedOn(String name, String listen) {
        return PoolFile.memcache().named(name).set("listen", listen).server("127.0.0.1:1");
    }

    private static List<Long> processes(ProxyProcess proxy) {
        List<Long> all = new ArrayList<>(proxy.workers());
        all.add(proxy.pid());
        return all;
    }

    private static List<Path> openFiles(long process) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process), "fd"))) {
            return files.toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException _) {
            return ""; // closed meanwhile
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** What the umask, which the program has of this process, leaves. */
    private String modeOfAnySocket() throws IOException {
        Path any = directory.resolve("any");
        Files.createDirectory(
                any, PosixFilePermissions.asFileAttribute(Set.of(PosixFilePermission.values())));
        return mode(any);
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml);
    }

    private static String said(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProxyProcess.packaged() + "/bin/bilitw");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private static String get(ProxyProcess proxy, String path) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + proxy.httpPort() + path);
        try (var in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }
}
