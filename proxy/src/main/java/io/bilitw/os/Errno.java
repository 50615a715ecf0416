package io.bilitw.os;

/** The numbers of errors that are handled, and not only told (errno(3)). */
final class Errno {

    static final int INTERRUPTED = 4;
    static final int TRY_AGAIN = 11;
    static final int PERMISSION_DENIED = 13;
    static final int ADDRESS_IN_USE = 98;
    static final int RESET = 104;

    private Errno() {}
}
