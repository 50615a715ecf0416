package io.bilitw.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bilitw.config.Config;
import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenSocketsTest {

    @TempDir Path directory;

    private final ListenSockets sockets = new ListenSockets(2);

    @AfterEach
    void closeAll() {
        sockets.closeAll();
    }

    @Test
    void aUnixSocketThatStaysGetsThePermissionOfTheNewConfiguration() throws Exception {
        sockets.openMissing(listeningOn("a.sock 0700"));
        assertThat(permissionOf("a.sock")).isEqualTo("rwx------");
        int before = sockets.socket(listeningOn("a.sock").pools().getFirst().listen(), 0);

        Config next = listeningOn("a.sock 0660");
        assertThat(sockets.openMissing(next)).isEmpty();
        assertThat(permissionOf("a.sock")).as("until it is in force").isEqualTo("rwx------");
        sockets.serveOnly(next);

        assertThat(permissionOf("a.sock")).isEqualTo("rw-rw----");
        assertThat(sockets.socket(next.pools().getFirst().listen(), 1)).isEqualTo(before);
    }

    @Test
    void closesWhatTheConfigurationDoesNotName() throws Exception {
        sockets.openMissing(listeningOn("a.sock"));
        Config next = listeningOn("b.sock");
        sockets.openMissing(next);

        sockets.serveOnly(next);

        assertThat(directory.resolve("a.sock")).doesNotExist();
        assertThat(directory.resolve("b.sock")).exists();
    }

    @Test
    void opensNothingIfOneAddressCannotBeOpened() throws Exception {
        Files.createDirectory(directory.resolve("b.sock"));
        Set<String> before = openSockets();

        assertThatThrownBy(() -> sockets.openMissing(listeningOn("a.sock", "b.sock")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pool 'pool1' cannot listen on")
                .hasMessageContaining("the file exists and is not a socket");

        assertThat(openSockets()).isEqualTo(before);
        assertThat(directory.resolve("a.sock")).doesNotExist();
    }

    private String permissionOf(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve(file)));
    }

    private Config listeningOn(String... files) throws ConfigException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < files.length; i++) {
            text.append("pool").append(i).append(":\n  listen: ");
            text.append(directory.resolve(files[i])).append("\n  servers:\n   - 127.0.0.1:1:1\n");
        }
        return ConfigFile.parse("test", text.toString()).config();
    }

    private static Set<String> openSockets() throws IOException {
        Set<String> open = new TreeSet<>();
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)) {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        open.removeIf(name -> !name.startsWith("socket:"));
        return open;
    }
}
