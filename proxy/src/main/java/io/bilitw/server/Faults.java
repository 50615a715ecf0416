package io.bilitw.server;

import io.bilitw.net.MemoryShortage;
import io.bilitw.protocol.Failure;
import io.bilitw.stats.ServerMetric;
import io.netty.channel.ConnectTimeoutException;
import java.io.FileNotFoundException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The errors of a server's socket, in the words that the C library has for them and clients know
 * (twemproxy nc_message.c:msg_get_error).
 */
final class Faults {

    /**
     * What stands in Netty's messages between the name of the system call and the text of
     * strerror(3): {@code connect(..) failed with error(-111): Connection refused}.
     */
    private static final String BEFORE_NUMBER = " failed with error(";

    private static final String BEFORE_TEXT = "): ";

    private static final Failure NO_FILE = Failure.server("No such file or directory");

    /** Netty keeps no more of it, be it the host or the network that cannot be reached. */
    private static final Failure NO_ROUTE = Failure.server("No route to host");

    private static final Failure OTHER = Failure.server("Input/output error");

    private static final Failure NO_MEMORY = Failure.server("Cannot allocate memory");

    /** Of files or memory this process, or this machine, has run out. */
    private static final Set<Failure> OURS =
            Set.of(
                    Failure.server("Too many open files"),
                    Failure.server("Too many open files in system"),
                    NO_MEMORY,
                    Failure.server("No buffer space available"));

    private Faults() {}

    /** Words {@code cause}, or an orderly close by the server if that is null. */
    static Failure failureOf(@Nullable Throwable cause) {
        if (cause == null || cause instanceof ClosedChannelException) {
            return Failure.CLOSED;
        }
        Failure innermost = OTHER; // those around it repeat it, with an address behind
        for (Throwable error = cause; error != null; error = error.getCause()) {
            Failure found = failureNamedBy(error);
            innermost = found == null ? innermost : found;
        }
        return innermost;
    }

    /** Tells whether no server is to blame for {@code failure}, so that none is ejected for it. */
    static boolean isOurs(Failure failure) {
        return OURS.contains(failure);
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

    private static @Nullable Failure failureNamedBy(Throwable error) {
        return switch (error) {
            case MemoryShortage _ -> NO_MEMORY;
            case ConnectTimeoutException _ -> Failure.TIMED_OUT;
            case NoRouteToHostException _ -> NO_ROUTE;
            case FileNotFoundException _ -> NO_FILE;
            default -> {
                String text = systemText(error.getMessage());
                yield text == null ? null : Failure.server(text);
            }
        };
    }

    private static @Nullable String systemText(@Nullable String message) {
        if (message == null) {
            return null;
        }
        int number = message.indexOf(BEFORE_NUMBER);
        int text = number < 0 ? -1 : message.indexOf(BEFORE_TEXT, number);
        return text < 0 ? null : message.substring(text + BEFORE_TEXT.length());
    }
}
