package io.bilitw.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tells the service manager how far the program is (sd_notify(3)). */
public final class NotifySocket {

    private static final int SOCK_DGRAM = 2;
    private static final int MAX_PATH_BYTES = 107;

    private static final Native SENDTO = Native.function("sendto");

    private NotifySocket() {}

    /**
     * Sends {@code state} to the socket at {@code path}, where a leading {@code @} stands for the
     * NUL of a name outside the file system.
     */
    public static void send(String path, String state) throws OsException {
        byte[] name = path.getBytes(UTF_8);
        if (name.length == 0 || name.length > MAX_PATH_BYTES) {
            return; // no address at all; the service manager would not do that
        }
        if (name[0] == '@') {
            name[0] = 0;
        }
        int socket = Sockets.open(Sockets.AF_UNIX, SOCK_DGRAM);
        try (Arena arena = Arena.ofConfined()) {
            int bytes = Short.BYTES + name.length;
            MemorySegment address = arena.allocate(bytes, 2);
            address.set(JAVA_SHORT, 0, (short) Sockets.AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
            byte[] text = state.getBytes(UTF_8);
            MemorySegment data = arena.allocateFrom(JAVA_BYTE, text);
            SENDTO.call(socket, data, text.length, 0, address, bytes);
        } finally {
            Descriptors.close(socket);
        }
    }
}
