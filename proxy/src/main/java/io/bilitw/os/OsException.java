package io.bilitw.os;

import java.io.IOException;

/** A call of the operating system that failed; the message is the system's own words. */
public final class OsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    OsException(int errno, String words) {
        super(words);
        this.errno = errno;
    }

    /** Tells whether this process may not do that. */
    public boolean isPermissionDenied() {
        return errno == Errno.PERMISSION_DENIED;
    }

    /** Tells whether an address is taken. */
    public boolean isAddressInUse() {
        return errno == Errno.ADDRESS_IN_USE;
    }
}
