package io.bilitw.server;

import io.bilitw.protocol.Failure;
import io.bilitw.stats.ServerMetric;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.FileNotFoundException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The errors of a server's socket, in the words that the C library has for them and clients know.
 */
final class Faults {

    /** One error of the operating system; the text is that of strerror(3). */
    private enum Errno {
        ENOENT(2, "No such file or directory"),
        EACCES(13, "Permission denied"),
        EMFILE(24, "Too many open files"),
        EPIPE(32, "Broken pipe"),
        EADDRNOTAVAIL(99, "Cannot assign requested address"),
        ENETUNREACH(101, "Network is unreachable"),
        ECONNABORTED(103, "Software caused connection abort"),
        ECONNRESET(104, "Connection reset by peer"),
        ETIMEDOUT(110, "Connection timed out"),
        ECONNREFUSED(111, "Connection refused"),
        EHOSTUNREACH(113, "No route to host");

        private final int number;
        private final Failure failure;

        Errno(int number, String text) {
            this.number = number;
            failure = Failure.server(text);
        }
    }

    private static final Failure OTHER = Failure.server("Input/output error");

    private Faults() {}

    /** Words {@code cause}, or an orderly close by the server if that is null. */
    static Failure failureOf(@Nullable Throwable cause) {
        if (cause == null || cause instanceof ClosedChannelException) {
            return Failure.CLOSED;
        }
        for (Throwable error = cause; error != null; error = error.getCause()) {
            Errno found = errnoOf(error);
            if (found != null) {
                return found.failure;
            }
        }
        return OTHER;
    }

    /** The figure that counts {@code failure}. */
    static ServerMetric metricOf(Failure failure) {
        if (failure.equals(Failure.CLOSED)) {
            return ServerMetric.SERVER_EOF;
        }
        return failure.equals(Failure.TIMED_OUT)
                ? ServerMetric.SERVER_TIMEDOUT
                : ServerMetric.SERVER_ERR;
    }

    private static @Nullable Errno errnoOf(Throwable error) {
        if (error instanceof ConnectTimeoutException) {
            return Errno.ETIMEDOUT;
        }
        if (error instanceof NoRouteToHostException) {
            return textOf(error).contains("network") ? Errno.ENETUNREACH : Errno.EHOSTUNREACH;
        }
        if (error instanceof FileNotFoundException) {
            return Errno.ENOENT;
        }
        for (Errno errno : Errno.values()) {
            boolean isThisNumber =
                    error instanceof NativeIoException io && io.expectedErr() == -errno.number;
            if (isThisNumber
                    || textOf(error).contains(errno.failure.text().toLowerCase(Locale.ROOT))) {
                return errno;
            }
        }
        return null;
    }

    private static String textOf(Throwable error) {
        String message = error.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
