package io.bilitw.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory this process may use, as far as the system says. */
public final class MachineMemory {

    private static final String TOTAL = "MemTotal:";
    private static final long KILO = 1024;

    private MachineMemory() {}

    /** Bytes of the machine, or of the smallest control group around this process if less. */
    public static long bytes() {
        return bytes(
                Path.of("/proc/meminfo"), Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    /**
     * The same as files say.
     *
     * @param meminfo proc(5), {@code /proc/meminfo}
     * @param cgroup cgroups(7), {@code /proc/self/cgroup}
     * @param mount where the control groups are mounted, of version 1 or 2
     */
    static long bytes(Path meminfo, Path cgroup, Path mount) {
        long bytes = machineBytes(meminfo);
        for (String line : lines(cgroup)) {
            String[] fields = line.split(":", 3); // number, controllers, path
            if (fields.length == 3 && fields[1].isEmpty()) {
                bytes = Math.min(bytes, groupBytes(mount, fields[2], "memory.max"));
            } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
                Path memory = mount.resolve("memory");
                bytes = Math.min(bytes, groupBytes(memory, fields[2], "memory.limit_in_bytes"));
            }
        }
        return bytes;
    }

    private static long machineBytes(Path meminfo) {
        for (String line : lines(meminfo)) {
            if (line.startsWith(TOTAL)) {
                return number(line.substring(TOTAL.length()).replace("kB", "")) * KILO;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The smallest limit of a group and those around it; in a container only the last are seen. */
    private static long groupBytes(Path mount, String group, String file) {
        long bytes = Long.MAX_VALUE;
        for (Path path = Path.of(group); path != null; path = path.getParent()) {
            Path directory = mount.resolve(Path.of("/").relativize(path));
            for (String line : lines(directory.resolve(file))) {
                bytes = Math.min(bytes, number(line));
            }
        }
        return bytes;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE; // "max"
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }
}
