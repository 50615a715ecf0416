package io.bilitw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A user of the machine, whom this process may become if it is root's.
 *
 * @param user the number of the user
 * @param group the number of the user's own group
 */
public record Account(String name, int user, int group) {

    /** struct passwd: two pointers, then both numbers, then what is not looked at. */
    private static final int ENTRY_BYTES = 48;

    private static final int USER_AT = 16;
    private static final int GROUP_AT = 20;

    /** For the texts of an entry; far more than any has. */
    private static final int TEXTS_BYTES = 64 * 1024;

    private static final Native GETPWNAM = Native.function("getpwnam_r");
    private static final Native GETEUID = Native.function("geteuid");
    private static final Native INITGROUPS = Native.function("initgroups");
    private static final Native SETGID = Native.function("setgid");
    private static final Native SETUID = Native.function("setuid");
    private static final Native LCHOWN = Native.function("lchown");
    private static final Native FCHOWN = Native.function("fchown");

    /**
     * Looks a user up, which may take as long as the machine's directory of users takes.
     *
     * @throws IOException if there is none of that name
     */
    public static Account named(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(ENTRY_BYTES, 8);
            MemorySegment texts = arena.allocate(TEXTS_BYTES);
            MemorySegment found = arena.allocate(ADDRESS);
            int errno =
                    GETPWNAM.tryCall(arena.allocateFrom(name), entry, texts, TEXTS_BYTES, found);
            if (errno != 0 || found.get(ADDRESS, 0).address() == 0) {
                throw new IOException("user '" + name + "' is unknown");
            }
            return new Account(name, entry.get(JAVA_INT, USER_AT), entry.get(JAVA_INT, GROUP_AT));
        }
    }

    /** Tells whether this process is this user's. */
    public boolean isOurs() {
        return GETEUID.tryCall() == user;
    }

    /** Tells whether this process is root's, who may become anybody. */
    public static boolean isRoot() {
        return GETEUID.tryCall() == 0;
    }

    /** Makes a file this user's; of a link, the link itself. */
    public void own(Path file) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            LCHOWN.call(arena.allocateFrom(file.toString()), user, group);
        }
    }

    /** Makes an open file this user's. */
    public void own(int descriptor) throws OsException {
        FCHOWN.call(descriptor, user, group);
    }

    /**
     * Makes this process, with all its threads, this user's, with the user's groups and no others.
     * There is no way back.
     */
    public void become() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            INITGROUPS.call(arena.allocateFrom(name), group);
        }
        SETGID.call(group);
        SETUID.call(user); // last, as root alone may do the others
    }
}
