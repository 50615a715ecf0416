package io.bilitw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of the C library.
 *
 * <p>What it returns is a number; where the library says so, -1 stands for an error whose number is
 * in {@code errno}.
 */
@SuppressWarnings("restricted") // reaching native functions is what it is for
final class Native {

    /** More than any error's text. */
    private static final int MAX_WORDS_BYTES = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(address("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final String name;
    private final MethodHandle handle;

    private Native(String name, FunctionDescriptor shape, Linker.Option... options) {
        this.name = name;
        List<Linker.Option> all = new ArrayList<>(List.of(options));
        all.add(Linker.Option.captureCallState("errno"));
        handle = LINKER.downcallHandle(address(name), shape, all.toArray(new Linker.Option[0]));
    }

    /** Finds the function {@code name} of this shape. */
    static Native function(String name, FunctionDescriptor shape) {
        return new Native(name, shape);
    }

    /** Finds a function whose arguments from number {@code fixed} on may vary. */
    static Native variadic(String name, int fixed, FunctionDescriptor shape) {
        return new Native(name, shape, Linker.Option.firstVariadicArg(fixed));
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
     * @throws OsException if it returns -1
     */
    long call(Object... arguments) throws OsException {
        while (true) {
            long result = tryCall(arguments);
            if (result != -Errno.INTERRUPTED) {
                if (result < 0) {
                    throw failure((int) -result);
                }
                return result;
            }
        }
    }

    /** Calls the function; what it returns, or the negative number of the error. */
    long tryCall(Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            Object[] all = new Object[arguments.length + 1];
            all[0] = state;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            long result = ((Number) handle.invokeWithArguments(all)).longValue();
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable bug) {
            throw new IllegalStateException("calling " + name, bug);
        }
    }

    /** The error with this number, in the system's words. */
    static OsException failure(int errno) {
        try {
            MemorySegment words = (MemorySegment) STRERROR.invokeExact(errno);
            return new OsException(errno, words.reinterpret(MAX_WORDS_BYTES).getString(0));
        } catch (Throwable bug) {
            throw new IllegalStateException("calling strerror", bug);
        }
    }
}
