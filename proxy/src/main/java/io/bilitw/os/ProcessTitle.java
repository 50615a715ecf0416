package io.bilitw.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code ps} shows of this process. */
@SuppressWarnings("restricted") // the command line lies where the kernel has put it
public final class ProcessTitle {

    /** Fields of /proc/self/stat, counted from the one behind the name (proc(5): 48 and 49). */
    private static final int ARGUMENTS_FROM = 48 - 3;

    private static final int ARGUMENTS_TO = 49 - 3;

    private ProcessTitle() {}

    /**
     * Writes {@code title} over the command line, cut if it is longer, and {@code name} over the
     * short name that {@code pgrep} looks for.
     */
    public static void set(String title, String name) throws IOException {
        Files.writeString(Path.of("/proc/self/comm"), name);
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long from = Long.parseUnsignedLong(fields[ARGUMENTS_FROM]);
        long to = Long.parseUnsignedLong(fields[ARGUMENTS_TO]);
        MemorySegment line = MemorySegment.ofAddress(from).reinterpret(to - from);
        byte[] bytes = title.getBytes(US_ASCII);
        int kept = (int) Math.min(bytes.length, to - from - 2);
        line.fill((byte) 0);
        MemorySegment.copy(bytes, 0, line, JAVA_BYTE, 0, kept);
        // As long as the last byte is no NUL, the kernel shows what stands before the first one.
        line.set(JAVA_BYTE, to - from - 1, (byte) '.');
    }
}
