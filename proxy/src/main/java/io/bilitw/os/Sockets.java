package io.bilitw.os;

/** What all kinds of sockets have in common (socket(2)). */
final class Sockets {

    static final int AF_UNIX = 1;
    static final int SOCK_CLOEXEC = 02000000;
    static final int SOL_SOCKET = 1;

    private static final Native SOCKET = Native.function("socket");

    private Sockets() {}

    /** Opens a socket that child processes do not inherit. */
    static int open(int family, int type) throws OsException {
        return SOCKET.call(family, type | SOCK_CLOEXEC, 0);
    }
}
