package io.bilitw.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {

    private static final long MACHINE_BYTES = 8_000_000L * 1024;

    @TempDir private Path directory;

    @BeforeEach
    void writeMachine() throws IOException {
        write("meminfo", "MemTotal:        8000000 kB\nMemFree:          100000 kB\n");
    }

    @Test
    void takesTheMachinesWhenNoGroupHasALimit() throws IOException {
        write("cgroup", "0::/system.slice/bilitw.service\n");
        write("mount/system.slice/bilitw.service/memory.max", "max\n");
        assertThat(bytes()).isEqualTo(MACHINE_BYTES);
    }

    @Test
    void takesTheSmallestOfTheGroupsAround() throws IOException {
        write("cgroup", "0::/system.slice/bilitw.service\n");
        write("mount/system.slice/bilitw.service/memory.max", "4000000000\n");
        write("mount/system.slice/memory.max", "3000000000\n");
        assertThat(bytes()).isEqualTo(3_000_000_000L);
    }

    @Test
    void takesThatOfTheRootInAContainerThatSeesNoOther() throws IOException {
        write("cgroup", "0::/docker/of-the-host\n");
        write("mount/memory.max", "512000000\n");
        assertThat(bytes()).isEqualTo(512_000_000);
    }

    @Test
    void readsGroupsOfVersionOne() throws IOException {
        write("cgroup", "5:cpu,cpuacct:/a\n4:memory:/a\n");
        write("mount/memory/a/memory.limit_in_bytes", "600000000\n");
        assertThat(bytes()).isEqualTo(600_000_000);
    }

    @Test
    void ofThisMachineIsSomethingLikely() {
        assertThat(MachineMemory.bytes()).isBetween(64L << 20, 1L << 50);
    }

    private long bytes() {
        return MachineMemory.bytes(
                directory.resolve("meminfo"),
                directory.resolve("cgroup"),
                directory.resolve("mount"));
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
