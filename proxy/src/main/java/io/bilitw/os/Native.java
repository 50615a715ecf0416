package io.bilitw.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * A function of the C library, of at most six arguments that are whole numbers or addresses.
 *
 * <p>What it returns is a number; where the library says so, -1 stands for an error whose number is
 * in {@code errno}.
 *
 * <p>The JVM makes classes for each shape of functions, which takes it some ten milliseconds at
 * every start and which no cache holds. Therefore all are called in one shape: on the platforms
 * that Linux and Java 25 share, each such argument has a place of its own, which a function that
 * has fewer does not look at, and a narrower number lies in the lower half of its place.
 */
@SuppressWarnings("restricted") // reaching native functions is what it is for
final class Native {

    private static final int MAX_ARGUMENTS = 6;

    /** More than any error's text. */
    private static final int MAX_WORDS_BYTES = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    /** Takes the function's address, where to leave errno, and the arguments. */
    private static final MethodHandle CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private static final Native STRERROR = function("strerror");

    private final String name;
    private final MemorySegment address;

    private Native(String name) {
        this.name = name;
        address = address(name);
    }

    /** Finds the function {@code name}. */
    static Native function(String name) {
        return new Native(name);
    }

    /** The address of a function, for those who pass it on. */
    static MemorySegment address(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("no " + name + " here"));
    }

    /**
     * Calls the function; once more when a signal has interrupted it.
     *
     * @param arguments numbers, and native memory that the caller keeps for as long as this takes
     * @throws OsException if it returns -1
     */
    int call(Object... arguments) throws OsException {
        while (true) {
            int result = tryCall(arguments);
            if (result != -Errno.INTERRUPTED) {
                if (result < 0) {
                    throw failure(-result);
                }
                return result;
            }
        }
    }

    /** Calls the function; what it returns, or the negative number of the error. */
    int tryCall(Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) invoke(state, arguments);
            return result == -1 ? -state.get(JAVA_INT, ERRNO_AT) : result;
        }
    }

    private long invoke(MemorySegment state, Object... arguments) {
        long[] all = new long[MAX_ARGUMENTS];
        for (int i = 0; i < arguments.length; i++) {
            all[i] = number(arguments[i]);
        }
        try {
            return (long)
                    CALL.invokeExact(
                            address, state, all[0], all[1], all[2], all[3], all[4], all[5]);
        } catch (Throwable bug) {
            throw new IllegalStateException("calling " + name, bug);
        }
    }

    /** Without a switch over types, which the JVM makes more classes for at every start. */
    private static long number(Object argument) {
        if (argument instanceof MemorySegment memory) {
            if (!memory.isNative()) {
                throw new IllegalArgumentException("the C library cannot reach " + memory);
            }
            return memory.address();
        }
        return ((Number) argument).longValue();
    }

    /** The error with this number, in the system's words. */
    static OsException failure(int errno) {
        try (Arena arena = Arena.ofConfined()) {
            long words = STRERROR.invoke(arena.allocate(STATE), errno);
            MemorySegment text = MemorySegment.ofAddress(words).reinterpret(MAX_WORDS_BYTES);
            return new OsException(errno, text.getString(0));
        }
    }
}
