package io.bilitw.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The terminal behind a file descriptor, if there is one (ioctl_tty(2), termios(3)). */
public final class Terminal {

    /** The descriptor that is read from. */
    public static final int IN = 0;

    /** The descriptor that is written to. */
    public static final int OUT = 1;

    private static final long WINDOW_SIZE = 0x5413; // TIOCGWINSZ
    private static final int WINDOW_SIZE_BYTES = 8;

    private static final int SETTINGS_BYTES = 60; // struct termios, the same on x86-64 and aarch64
    private static final int LOCAL_FLAGS_AT = 12;
    private static final int CANONICAL = 2;
    private static final int ECHO = 8;
    private static final int CHARACTERS_AT = 17;
    private static final int QUIT = 1;
    private static final int LEAST = 6; // bytes that end a read
    private static final int SUSPEND = 10;
    private static final int NOW = 0;

    private static final Native IOCTL = Native.function("ioctl");
    private static final Native GET = Native.function("tcgetattr");
    private static final Native SET = Native.function("tcsetattr");

    private Terminal() {}

    /**
     * The size of a terminal's window, in characters.
     *
     * @param columns 0 if the terminal does not know
     * @param lines 0 if the terminal does not know
     */
    public record Window(int columns, int lines) {}

    /** The window of the terminal behind {@code descriptor}, or nothing if that is none. */
    public static Optional<Window> window(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(WINDOW_SIZE_BYTES, 2);
            if (IOCTL.tryCall(descriptor, WINDOW_SIZE, size) < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Window(
                            Short.toUnsignedInt(size.get(JAVA_SHORT, 2)),
                            Short.toUnsignedInt(size.get(JAVA_SHORT, 0))));
        }
    }

    /**
     * Has the terminal behind {@code descriptor} give out each key at once, without showing it, and
     * take no key for an order to stop or to dump; that to end, Ctrl-C, stays one.
     *
     * @return what puts the terminal back
     * @throws OsException if that is no terminal
     */
    public static Closeable takeKeys(int descriptor) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = arena.allocate(SETTINGS_BYTES, 4);
            GET.call(descriptor, settings);
            byte[] old = settings.toArray(JAVA_BYTE);
            int flags = settings.get(JAVA_INT, LOCAL_FLAGS_AT);
            settings.set(JAVA_INT, LOCAL_FLAGS_AT, flags & ~(CANONICAL | ECHO));
            settings.set(JAVA_BYTE, CHARACTERS_AT + QUIT, (byte) 0);
            settings.set(JAVA_BYTE, CHARACTERS_AT + SUSPEND, (byte) 0);
            settings.set(JAVA_BYTE, CHARACTERS_AT + LEAST, (byte) 1);
            SET.call(descriptor, NOW, settings);
            return () -> set(descriptor, old);
        }
    }

    private static void set(int descriptor, byte[] bytes) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = arena.allocate(SETTINGS_BYTES, 4);
            settings.copyFrom(MemorySegment.ofArray(bytes));
            SET.call(descriptor, NOW, settings);
        }
    }
}
