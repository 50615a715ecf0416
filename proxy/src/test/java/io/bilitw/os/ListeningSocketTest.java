package io.bilitw.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketTest {

    @TempDir Path directory;

    /** Nobody has changed the mode after the file was made: there is no moment for others. */
    @Test
    void aUnixSocketIsBornWithItsPermission() throws IOException {
        Path file = directory.resolve("s");
        int socket = ListeningSocket.openUnix(file.toString(), 1, 0600);
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        } finally {
            Descriptors.close(socket);
        }
    }

    @Test
    void memoryIsItsOwnersAlone() throws IOException {
        int memory = Descriptors.openInMemory("test", 1);
        try {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(Descriptors.path(memory))))
                    .isEqualTo("rw-------");
        } finally {
            Descriptors.close(memory);
        }
    }
}
