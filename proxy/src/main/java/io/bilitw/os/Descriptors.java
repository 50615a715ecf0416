package io.bilitw.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Open files by their numbers. */
public final class Descriptors {

    private static final int CLOSE_ON_EXEC = 1;
    private static final int DUPLICATE_CLOSE_ON_EXEC = 1030;
    private static final int WRITE_ONLY = 1;
    private static final int CREATE = 0100;
    private static final int APPEND = 02000;
    private static final int OWNER_ALONE = 0600;
    private static final int OPEN_CLOSE_ON_EXEC = 02000000;

    private static final String LIMIT = "Max open files";

    private static final Native CLOSE = Native.function("close");
    private static final Native DUP2 = Native.function("dup2");
    private static final Native FCHMOD = Native.function("fchmod");
    private static final Native FCNTL = Native.function("fcntl");
    private static final Native OPEN = Native.function("open");
    private static final Native MEMFD = Native.function("memfd_create");
    private static final Native TRUNCATE = Native.function("ftruncate");

    private Descriptors() {}

    /** Closes {@code descriptor}; there is nothing to be done if that fails. */
    public static void close(int descriptor) {
        CLOSE.tryCall(descriptor);
    }

    /** Makes {@code target} another name of the open file {@code source}; what it was is closed. */
    public static void replace(int source, int target) throws OsException {
        DUP2.call(source, target);
    }

    /** Makes another name of an open file. */
    public static int duplicate(int descriptor) throws OsException {
        return FCNTL.call(descriptor, DUPLICATE_CLOSE_ON_EXEC, 0);
    }

    /** Opens a file to append to, and makes it if need be. */
    public static int openForAppend(Path file, int mode) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            int how = WRITE_ONLY | CREATE | APPEND | OPEN_CLOSE_ON_EXEC;
            return OPEN.call(arena.allocateFrom(file.toString()), how, mode);
        }
    }

    /** How many files this process may have open; a great number if that is not limited. */
    public static long limit() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) { // proc(5)
            if (line.startsWith(LIMIT)) {
                String soft = line.substring(LIMIT.length()).strip().split(" ", 2)[0];
                return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
            }
        }
        throw new IOException("/proc/self/limits has no line '" + LIMIT + "'");
    }

    /**
     * Makes a file of {@code bytes} zeroes that lies in memory and has no path, and that nobody but
     * its owner may open anew.
     */
    public static int openInMemory(String name, long bytes) throws OsException {
        int descriptor;
        try (Arena arena = Arena.ofConfined()) {
            descriptor = MEMFD.call(arena.allocateFrom(name), CLOSE_ON_EXEC);
        }
        FCHMOD.call(descriptor, OWNER_ALONE);
        TRUNCATE.call(descriptor, bytes);
        return descriptor;
    }

    /** Makes a file in memory that holds {@code content}. */
    public static int openInMemory(String name, byte[] content) throws IOException {
        int descriptor = openInMemory(name, 0);
        Files.write(path(descriptor), content, StandardOpenOption.WRITE);
        return descriptor;
    }

    /** A path of this process that opens the file of {@code descriptor} anew, from its start. */
    public static Path path(int descriptor) {
        return Path.of("/proc/self/fd", Integer.toString(descriptor));
    }
}
