package io.bilitw.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.control.ProcessLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warm-up, whose worker, clients and servers live in this process. */
class WarmUpTest {

    private static final ProcessLog NO_LOG =
            new ProcessLog() {
                @Override
                public void setVerbosity(int verbosity) {}

                @Override
                public void reopen() {}

                @Override
                public long lostLines() {
                    return 0;
                }
            };

    @TempDir Path directory;

    @BeforeEach
    void runOnce() throws IOException { // what Java and Netty open for good is open then
        run(1);
    }

    @Test
    void endsAfterSoManyRequests() throws IOException {
        assertThat(run(2000)).isBetween(2 * 2000, 2 * 3000); // of two workers
    }

    @Test
    void endsWhenNothingIsToBeAsked() throws IOException {
        assertThat(run(0)).isZero();
    }

    @Test
    void leavesNoSocketNoThreadAndNoFileBehind() throws IOException {
        Set<String> before = sockets();
        run(1000);
        assertThat(sockets()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("warm-up"));
        assertThat(directory).isEmptyDirectory();
    }

    private int run(int requests) throws IOException {
        return WarmUp.run("1", NO_LOG, directory, requests);
    }

    private static Set<String> sockets() throws IOException {
        Set<String> sockets = new TreeSet<>();
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)) { // that of the directory is closed again
                    String what = Files.readSymbolicLink(descriptor).toString();
                    if (what.startsWith("socket:")) {
                        sockets.add(what);
                    }
                }
            }
        }
        return sockets;
    }
}
