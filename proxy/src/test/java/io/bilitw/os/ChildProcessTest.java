package io.bilitw.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir Path directory;

    @Test
    void givesTheChildItsFilesItsWordsAndNothingElse() throws IOException {
        Path output = directory.resolve("output");
        String said = run(output, "echo $0 $A; cd /proc/$$/fd; echo *", false);

        // The shell itself opens the directory that it lists, and no pipe to anybody.
        assertThat(said).isEqualTo("shell value\n0 1 2 3\n");
    }

    @Test
    void makesTheChildLeadASessionIfAsked() throws IOException {
        String said = run(directory.resolve("output"), "cut -d' ' -f1,6 /proc/$$/stat", true);

        String[] pidAndSession = said.trim().split(" ", -1);
        assertThat(pidAndSession[1]).isEqualTo(pidAndSession[0]);
    }

    @Test
    void childRunsWhereTheThreadMayRun() throws IOException {
        BitSet before = Processors.allowed();
        BitSet one = new BitSet();
        one.set(before.nextSetBit(0));
        Processors.use(one);
        try {
            assertThat(
                            run(
                                    directory.resolve("output"),
                                    "grep Cpus_allowed_list /proc/$$/status",
                                    false))
                    .isEqualTo("Cpus_allowed_list:\t" + before.nextSetBit(0) + "\n");
        } finally {
            Processors.use(before);
        }
    }

    @Test
    void tellsHowItEnded() throws IOException {
        assertThat(start(directory.resolve("a"), "exit 7", false).waitFor())
                .hasToString("with exit code 7")
                .returns(7, ExitStatus::code);
        ChildProcess killed = start(directory.resolve("b"), "sleep 60", false);
        killed.kill();
        assertThat(killed.waitFor()).hasToString("by signal 9").returns(-1, ExitStatus::code);
        ChildProcess ended = start(directory.resolve("c"), "kill -TERM $$", false);
        assertThat(ended.waitFor()).hasToString("by signal 15");
    }

    @Test
    void tellsWhyAProgramCannotBeStarted() {
        assertThatThrownBy(() ->
                        ChildProcess.start(
                                "/nowhere", List.of("nowhere"), Map.of(), List.of(0, 1, 2), false))
                .isInstanceOf(OsException.class)
                .hasMessage("No such file or directory");
    }

    private static String run(Path output, String script, boolean isLeader) throws IOException {
        assertThat(start(output, script, isLeader).waitFor().code()).isZero();
        return Files.readString(output);
    }

    private static ChildProcess start(Path output, String script, boolean isLeader)
            throws OsException {
        int file = Descriptors.openForAppend(output, 0600);
        try {
            return ChildProcess.start(
                    "/bin/sh",
                    List.of("sh", "-c", script, "shell"),
                    Map.of("A", "value", "PATH", "/usr/bin:/bin"),
                    List.of(file, file, file),
                    isLeader);
        } finally {
            Descriptors.close(file);
        }
    }
}
