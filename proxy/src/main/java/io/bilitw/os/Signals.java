package io.bilitw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What happens when this process gets a signal.
 *
 * <p>The virtual machine's own class for that cannot be named in code compiled for a release, so it
 * is reached by its name. It keeps QUIT to itself, for its thread dumps; that one is taken from it
 * with a handler that is a function of the C library: the first argument of a handler is the
 * signal's number, 3, and {@code eventfd_write} takes it for a descriptor. The launcher keeps
 * number 3 free.
 */
public final class Signals {

    private static final int HUP = 1;

    /** The number of TERM. */
    public static final int TERM = 15;

    /** QUIT's number, and the descriptor that tells of it. */
    private static final int QUIT = 3;

    private static final int SIGACTION_BYTES = 152;
    private static final int FLAGS_AT = 136;
    private static final int RESTART = 0x10000000;
    private static final int CLOSE_ON_EXEC = 02000000;

    private static final Native SIGACTION = Native.function("sigaction");
    private static final Native EVENTFD = Native.function("eventfd");
    private static final Native KILL = Native.function("kill");
    private static final Native READ = Native.function("read");

    private Signals() {}

    /**
     * Runs {@code task}, on a thread of its own, whenever the signal {@code name} comes, for
     * example {@code "HUP"}. HUP is heard even if the process was started by nohup(1).
     */
    public static void on(String name, Runnable task) {
        try {
            if (name.equals("HUP")) {
                setHandler(HUP, MemorySegment.NULL); // the JVM would go on ignoring it
            }
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            MethodHandle run =
                    MethodHandles.lookup()
                            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                            .bindTo(task);
            Object handler =
                    MethodHandleProxies.asInterfaceInstance(
                            handlerType, MethodHandles.dropArguments(run, 0, signalType));
            Object signal =
                    lookup.findConstructor(
                                    signalType, MethodType.methodType(void.class, String.class))
                            .invoke(name);
            lookup.findStatic(
                            signalType,
                            "handle",
                            MethodType.methodType(handlerType, signalType, handlerType))
                    .invoke(signal, handler);
        } catch (Throwable bug) {
            throw new IllegalStateException("handling signal " + name, bug);
        }
    }

    /** Sends the signal {@code number} to this process. */
    public static void raise(int number) throws OsException {
        KILL.call((int) ProcessHandle.current().pid(), number);
    }

    /**
     * Runs {@code task}, on a thread of its own, whenever QUIT comes. Does nothing if descriptor 3
     * is in use, which is when the program was not started by its launcher.
     *
     * @return whether QUIT is handled now
     */
    public static boolean onQuit(Runnable task) throws IOException {
        Path reserved = Descriptors.path(QUIT);
        if (!Files.exists(reserved) || !reserved.toRealPath().equals(Path.of("/dev/null"))) {
            return false;
        }
        int event = EVENTFD.call(0, CLOSE_ON_EXEC);
        Descriptors.replace(event, QUIT);
        Thread.ofPlatform().daemon().name("quit").start(() -> await(event, task));
        setHandler(QUIT, Native.address("eventfd_write"));
        return true;
    }

    /** Sets the handler of a signal, or what the system does by default if that is null. */
    private static void setHandler(int signal, MemorySegment handler) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(SIGACTION_BYTES, 8);
            action.set(ADDRESS, 0, handler);
            action.set(JAVA_INT, FLAGS_AT, RESTART);
            SIGACTION.call(signal, action, MemorySegment.NULL);
        }
    }

    private static void await(int event, Runnable task) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            while (READ.call(event, count, JAVA_LONG.byteSize()) > 0) {
                task.run();
            }
        } catch (OsException e) {
            throw new IllegalStateException("waiting for QUIT", e);
        }
    }
}
