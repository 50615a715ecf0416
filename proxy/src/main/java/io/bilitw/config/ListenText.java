package io.bilitw.config;

import org.jspecify.annotations.Nullable;

/** Reads the value of {@code listen}, as nc_conf.c:conf_set_listen splits it. */
final class ListenText {

    private static final String FORMS = "host:port or /path [permission]";
    private static final int MAX_PERMISSION = 0777;

    private ListenText() {}

    /**
     * Reads {@code host:port}, split at the last colon, or {@code /path [permission]}, split at the
     * last blank.
     */
    static @Nullable Address parse(String text, Spot spot) {
        return text.startsWith("/") ? unix(text, spot) : tcp(text, spot);
    }

    private static @Nullable Address tcp(String text, Spot spot) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return spot.reject("'" + text + "' has no port", FORMS);
        }
        if (colon == 0) {
            return spot.reject("'" + text + "' has no host", FORMS);
        }
        int port = Ports.parse(text.substring(colon + 1), spot);
        return port == 0 ? null : new TcpAddress(Ports.host(text.substring(0, colon)), port);
    }

    private static @Nullable Address unix(String text, Spot spot) {
        int blank = text.lastIndexOf(' ');
        String path = blank < 0 ? text : text.substring(0, blank);
        if (!UnixAddress.fits(path)) {
            return spot.reject("'" + path + "' is too long", UnixAddress.LIMIT);
        }
        return blank < 0
                ? new UnixAddress(path, 0)
                : withPermission(path, text.substring(blank + 1), spot);
    }

    /**
     * Reads the leading octal digits, as strtol does; none of them means no chmod, as in twemproxy.
     */
    private static @Nullable Address withPermission(String path, String text, Spot spot) {
        int permission = 0;
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '7') {
            permission = permission * 8 + (text.charAt(digits) - '0');
            if (permission > MAX_PERMISSION) {
                return spot.reject("permission '" + text + "' is too large", "octal, at most 0777");
            }
            digits++;
        }
        if (digits == 0 || digits < text.length()) {
            spot.warn(
                    "permission '"
                            + text
                            + "' is not octal and read as "
                            + (permission == 0 ? "none" : "0" + Integer.toOctalString(permission)));
        }
        return new UnixAddress(path, permission);
    }
}
