package io.bilitw.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * The processors that a thread may run on; a process inherits those of the thread that starts it.
 */
public final class Processors {

    /** Enough for 8192 processors. */
    private static final int MASK_BYTES = 1024;

    private static final int THIS_THREAD = 0;

    private static final Native GET = Native.function("sched_getaffinity");
    private static final Native SET = Native.function("sched_setaffinity");

    private Processors() {}

    /** The processors that the calling thread may use, by their numbers. */
    public static BitSet allowed() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            GET.call(THIS_THREAD, MASK_BYTES, mask);
            return BitSet.valueOf(mask.toArray(JAVA_BYTE));
        }
    }

    /** Lets the calling thread run on {@code processors} alone. */
    public static void use(BitSet processors) throws OsException {
        use(THIS_THREAD, processors);
    }

    /**
     * Lets the first thread of this process, whose number is that of the process, run on {@code
     * processors} alone; it is the one that taskset(1) shows.
     */
    public static void useForProcess(BitSet processors) throws OsException {
        use((int) ProcessHandle.current().pid(), processors);
    }

    private static void use(int thread, BitSet processors) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            MemorySegment.copy(
                    MemorySegment.ofArray(processors.toByteArray()),
                    0,
                    mask,
                    0,
                    processors.toByteArray().length);
            SET.call(thread, MASK_BYTES, mask);
        }
    }
}
