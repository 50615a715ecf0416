package io.bilitw.server;

import io.bilitw.net.OutQueue;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestParser;
import org.jspecify.annotations.Nullable;

/**
 * The request line on a server connection to which the next request may be added, as long as it has
 * not left and nothing stands behind it.
 *
 * <pre>
 *   get a\r\n                 the first of a turn
 *   get a b\r\n               with one of another client
 *   get a b c\r\n
 * </pre>
 *
 * <p>Event-loop confined.
 */
final class SharedLine {

    /** Longest line, in bytes: one that every server takes, even if it does not come at once. */
    private static final int MAX_BYTES = 1536;

    /** The youngest request in the line; null if none can be added. */
    private @Nullable Request last;

    private int lineBytes;
    private int endBytes;

    /** Takes note that something else is appended behind the line. */
    void close() {
        last = null;
    }

    /**
     * Makes room for the request that {@code parsed} has completed, which is {@linkplain
     * Dialogue#isShareable shareable}: takes away the end of the line, if it still lies in {@code
     * out} and will not be too long.
     *
     * @return whether the part and the end of the request are now to be appended, and no more; if
     *     not, all of it is
     */
    boolean makeRoom(Request request, RequestParser parsed, OutQueue out) {
        Request before = last;
        int bytes = parsed.length();
        boolean isAdded = false;
        if (before != null && lineBytes + bytes <= MAX_BYTES && out.takeBack(endBytes)) {
            before.share(false);
            request.share(true);
            bytes += lineBytes; // a little too much: the command is there once
            isAdded = true;
        }
        last = request;
        lineBytes = bytes;
        endBytes = parsed.start() + parsed.length() - parsed.partTo(0);
        return isAdded;
    }
}
