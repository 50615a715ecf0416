package io.bilitw.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadPortTest {

    private static final int OPENINGS = 300;

    @TempDir Path directory;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** Another thread looks at the file all the time while it comes and goes. */
    @Test
    void isItsOwnersAloneFromItsFirstMoment() throws Exception {
        Path pidFile = directory.resolve("pid");
        Thread watcher = Thread.ofPlatform().start(() -> watch(ReloadPort.beside(pidFile)));
        try {
            for (int i = 0; i < OPENINGS; i++) {
                ReloadPort.open(pidFile, _ -> {}).close();
            }
        } finally {
            isOver.set(true);
            watcher.join();
        }
        assertThat(seen).containsExactly("rw-------");
        assertThat(ReloadPort.beside(pidFile)).doesNotExist();
    }

    @Test
    void otherFilesHaveTheModeThatTheyHadBefore() throws Exception {
        Path before = Files.createFile(directory.resolve("before"));
        ReloadPort.open(directory.resolve("pid"), _ -> {}).close();
        Path after = Files.createFile(directory.resolve("after"));
        assertThat(Files.getPosixFilePermissions(after))
                .isEqualTo(Files.getPosixFilePermissions(before));
    }

    private void watch(Path file) {
        while (!isOver.get()) {
            try {
                seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            } catch (IOException _) {
                Thread.onSpinWait(); // it is not there
            }
        }
    }
}
