package io.bilitw.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Opens sockets that listen, so that they can be handed to other processes. */
public final class ListeningSocket {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK = 04000;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_REUSEPORT = 15;

    /** Sizes of struct sockaddr_in, sockaddr_in6 and sockaddr_un. */
    private static final int INET_BYTES = 16;

    private static final int INET6_BYTES = 28;
    private static final int UNIX_BYTES = 110;

    /** What a socket's file has when nobody says otherwise, less what the umask takes. */
    private static final int ALL = 0777;

    private static final Native FCHMOD = Native.function("fchmod");
    private static final Native SETSOCKOPT = Native.function("setsockopt");
    private static final Native BIND = Native.function("bind");
    private static final Native LISTEN = Native.function("listen");

    private ListeningSocket() {}

    /**
     * Listens on a TCP address.
     *
     * @param backlog how many clients may wait to be accepted
     * @param isPortShared whether other sockets may listen on the same port, which the kernel then
     *     spreads clients over
     */
    public static int openTcp(InetSocketAddress address, int backlog, boolean isPortShared)
            throws OsException {
        boolean isInet6 = address.getAddress() instanceof Inet6Address;
        int socket = open(isInet6 ? AF_INET6 : AF_INET);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_INT, 1);
            SETSOCKOPT.call(socket, Sockets.SOL_SOCKET, SO_REUSEADDR, one, Integer.BYTES);
            if (isPortShared) {
                SETSOCKOPT.call(socket, Sockets.SOL_SOCKET, SO_REUSEPORT, one, Integer.BYTES);
            }
            return listening(socket, inet(arena, address, isInet6), backlog);
        } catch (OsException e) {
            Descriptors.close(socket);
            throw e;
        }
    }

    /** Listens on a unix socket, whose file must not exist; who may use it is up to the umask. */
    public static int openUnix(String path, int backlog) throws OsException {
        return openUnix(path, backlog, ALL);
    }

    /**
     * Listens on a unix socket, whose file must not exist.
     *
     * @param permission the most that the file's mode may have, from its first moment on; the umask
     *     takes its share from that
     */
    public static int openUnix(String path, int backlog, int permission) throws OsException {
        int socket = open(Sockets.AF_UNIX);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(UNIX_BYTES, 2);
            address.set(JAVA_SHORT, 0, (short) Sockets.AF_UNIX);
            FCHMOD.call(socket, permission); // its file takes it over when it is made
            byte[] bytes = path.getBytes(UTF_8);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 2, bytes.length);
            return listening(socket, address, backlog);
        } catch (OsException e) {
            Descriptors.close(socket);
            throw e;
        }
    }

    private static int open(int family) throws OsException {
        return Sockets.open(family, SOCK_STREAM | SOCK_NONBLOCK);
    }

    private static int listening(int socket, MemorySegment address, int backlog)
            throws OsException {
        BIND.call(socket, address, (int) address.byteSize());
        LISTEN.call(socket, backlog);
        return socket;
    }

    private static MemorySegment inet(Arena arena, InetSocketAddress address, boolean isInet6) {
        MemorySegment bytes = arena.allocate(isInet6 ? INET6_BYTES : INET_BYTES, 4);
        bytes.set(JAVA_SHORT, 0, (short) (isInet6 ? AF_INET6 : AF_INET));
        bytes.set(JAVA_BYTE, 2, (byte) (address.getPort() >> 8)); // network order
        bytes.set(JAVA_BYTE, 3, (byte) address.getPort());
        byte[] host = address.getAddress().getAddress();
        MemorySegment.copy(host, 0, bytes, JAVA_BYTE, isInet6 ? 8 : 4, host.length);
        if (address.getAddress() instanceof Inet6Address scoped) {
            bytes.set(JAVA_INT, 24, scoped.getScopeId());
        }
        return bytes;
    }
}
