package io.bilitw.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir Path directory;

    @Test
    void holdsDigitsAloneAndIsRemoved() throws IOException {
        Path path = directory.resolve("a.pid");
        Files.writeString(path, "a longer text left behind by something else");
        try (PidFile _ = PidFile.take(path)) {
            assertThat(path).hasContent(Long.toString(ProcessHandle.current().pid()));
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void saysWhyItCannotBeWritten() {
        assertThatThrownBy(() -> PidFile.take(directory.resolve("no/a.pid")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("opening pid file '" + directory + "/no/a.pid' failed: ");
    }
}
