package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.CheckedLoad;
import io.bilitw.testkit.PoolFile;
import io.bilitw.testkit.ProxyProcess;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.RespClient;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reload takes up what is installed now, and survives it if that is broken. */
class UpgradeIT {

    private static final String DONE = "reload is done";

    private final RedisServer redis = RedisServer.start();
    private final PoolFile alpha = PoolFile.redis().server(redis);

    @TempDir Path directory;
    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = copy(ProxyProcess.packaged(), directory.resolve("bilitw"));
    }

    @AfterEach
    void stopServer() {
        redis.close();
    }

    @Test
    void replacedDirectoryIsTakenUpUnderLoadAndNothingIsLost() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.startFrom(home, 1, "", alpha);
                RespClient client = proxy.client();
                CheckedLoad load = CheckedLoad.redis(proxy.socketAddress(), 10)) {
            assertThat(client.call("INFO").text()).doesNotContain("bilitw_version:99.0.0");
            Path newer = copy(home, directory.resolve("newer"));
            setVersion(newer.resolve("lib/bilitw.jar"), "99.0.0");
            Files.move(home, directory.resolve("older"));
            Files.move(newer, home);

            proxy.signal("HUP");
            proxy.awaitLog(DONE, 1);

            assertThat(client.call("INFO").text()).contains("bilitw_version:99.0.0");
            load.awaitRequests(50);
            load.assertFlawless();
        }
    }

    @Test
    void aProgramThatDoesNotStartLeavesTheOldOneServing() throws IOException {
        try (ProxyProcess proxy = ProxyProcess.startFrom(home, 2, "", alpha);
                CheckedLoad load = CheckedLoad.redis(proxy.socketAddress(), 5)) {
            List<Long> before = proxy.workers();
            Path flags = home.resolve("lib/jvm.options");
            String good = Files.readString(flags);
            Files.writeString(flags, "-XX:+NoSuchFlag\n", StandardOpenOption.APPEND);

            proxy.signal("HUP");

            proxy.awaitLog("reload failed, all goes on as before: worker ", 1);
            assertThat(proxy.log()).contains("NoSuchFlag").contains("ended with exit code 1");
            assertThat(proxy.workers()).containsAll(before);
            Files.writeString(flags, good);
            proxy.awaitLog(" ended ", 2); // the last of the new ones is gone
            proxy.signal("HUP");
            proxy.awaitLog(DONE, 1);
            load.awaitRequests(50);
            load.assertFlawless();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    private static void setVersion(Path jar, String version) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Files.writeString(
                    inside.getPath("io/bilitw/version.properties"), "version=" + version + "\n");
        }
    }
}
