package io.bilitw.server;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What a server's answer looks like in a log, and in an error of the proxy's that clients get. */
final class ErrorLine {

    /** How much of the answer is repeated. */
    private static final int MAX_BYTES = 256;

    private ErrorLine() {}

    /** The beginning of an error response, without its marker and on one line. */
    static String of(ByteBuf in, int from, int bytes) {
        return text(in, from + 1, bytes - 1);
    }

    /** The beginning of any response, on one line. */
    static String text(ByteBuf in, int from, int bytes) {
        return in.toString(from, Math.min(bytes, MAX_BYTES), StandardCharsets.UTF_8)
                .replace('\r', ' ')
                .replace('\n', ' ')
                .strip();
    }
}
