package io.bilitw.config;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A unix socket.
 *
 * @param permission the mode bits to give the socket file after bind, or 0 to leave it as it is
 */
public record UnixAddress(String path, int permission) implements Address {

    /** The longest path the kernel takes: {@code sun_path} without its closing NUL. */
    private static final int MAX_PATH_BYTES = 107;

    static final String LIMIT = "a path of at most " + MAX_PATH_BYTES + " bytes";

    static boolean fits(String path) {
        return path.getBytes(UTF_8).length <= MAX_PATH_BYTES;
    }

    @Override
    public String toString() {
        return path;
    }
}
