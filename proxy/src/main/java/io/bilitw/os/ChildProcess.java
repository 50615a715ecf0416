package io.bilitw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * A process started by this one.
 *
 * <p>{@link ProcessBuilder} closes what a child should inherit, therefore this is posix_spawn(3).
 */
public final class ChildProcess {

    private static final int SIGKILL = 9;
    private static final int SETSID = 0x80;

    /** More than the library's structures have. */
    private static final int ACTIONS_BYTES = 256;

    private static final int ATTRIBUTES_BYTES = 512;

    private static final Native SPAWN = Native.function("posix_spawn");
    private static final Native INIT_ACTIONS = Native.function("posix_spawn_file_actions_init");
    private static final Native DUP2_ACTION = Native.function("posix_spawn_file_actions_adddup2");
    private static final Native CLOSE_FROM_ACTION =
            Native.function("posix_spawn_file_actions_addclosefrom_np");
    private static final Native DESTROY_ACTIONS =
            Native.function("posix_spawn_file_actions_destroy");
    private static final Native INIT_ATTRIBUTES = Native.function("posix_spawnattr_init");
    private static final Native SET_FLAGS = Native.function("posix_spawnattr_setflags");
    private static final Native WAITPID = Native.function("waitpid");
    private static final Native KILL = Native.function("kill");

    private final int pid;

    private ChildProcess(int pid) {
        this.pid = pid;
    }

    /**
     * Starts a program. It gets {@code descriptors} as its files 0, 1, 2 and so on, and no other,
     * and the processors of the calling thread.
     *
     * @param isLeader whether it becomes the leader of a session of its own, without a terminal
     * @throws OsException if it cannot be started
     */
    public static ChildProcess start(
            String program,
            List<String> arguments,
            Map<String, String> environment,
            List<Integer> descriptors,
            boolean isLeader)
            throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
            INIT_ACTIONS.call(actions);
            // First out of the way, as a number may be both source and target.
            int away = 1 + descriptors.stream().mapToInt(Integer::intValue).max().orElse(0);
            away = Math.max(away, descriptors.size());
            for (int i = 0; i < descriptors.size(); i++) {
                DUP2_ACTION.call(actions, descriptors.get(i), away + i);
            }
            for (int i = 0; i < descriptors.size(); i++) {
                DUP2_ACTION.call(actions, away + i, i);
            }
            CLOSE_FROM_ACTION.call(actions, descriptors.size());
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
            INIT_ATTRIBUTES.call(attributes);
            SET_FLAGS.call(attributes, isLeader ? SETSID : 0);
            MemorySegment pid = arena.allocate(JAVA_INT);
            List<String> settings =
                    environment.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList();
            int errno =
                    SPAWN.tryCall(
                            pid,
                            arena.allocateFrom(program),
                            actions,
                            attributes,
                            words(arena, arguments),
                            words(arena, settings));
            DESTROY_ACTIONS.tryCall(actions);
            if (errno != 0) {
                throw Native.failure(Math.abs(errno));
            }
            return new ChildProcess(pid.get(JAVA_INT, 0));
        }
    }

    private static MemorySegment words(Arena arena, List<String> words) {
        MemorySegment pointers = arena.allocate(ADDRESS, words.size() + 1L);
        for (int i = 0; i < words.size(); i++) {
            pointers.setAtIndex(ADDRESS, i, arena.allocateFrom(words.get(i)));
        }
        return pointers;
    }

    /** The number of the process. */
    public int pid() {
        return pid;
    }

    /** Waits until the process has ended; to be called once. */
    public ExitStatus waitFor() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            WAITPID.call(pid, status, 0);
            return new ExitStatus(status.get(JAVA_INT, 0));
        }
    }

    /** Ends the process without giving it a chance; to be called before it was waited for. */
    public void kill() {
        KILL.tryCall(pid, SIGKILL);
    }
}
