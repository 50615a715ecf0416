package io.bilitw.config;

/** The host and port halves that {@code listen} and {@code servers} have in common. */
final class Ports {

    private static final int MAX_PORT = 65535;

    private Ports() {}

    /** Reads a port, or tells the fault to {@code spot} and returns 0. */
    static int parse(String text, Spot spot) {
        int port = Digits.parse(text);
        if (port < 1 || port > MAX_PORT) {
            spot.reject("'" + text + "' is not a port", "a port from 1 to " + MAX_PORT);
            return 0;
        }
        return port;
    }

    /** Takes the brackets off {@code [::1]}; twemproxy knows IPv6 addresses without them only. */
    static String host(String text) {
        boolean bracketed = text.length() > 2 && text.startsWith("[") && text.endsWith("]");
        return bracketed ? text.substring(1, text.length() - 1) : text;
    }
}
