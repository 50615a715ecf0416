package io.bilitw.config;

import org.jspecify.annotations.Nullable;

/**
 * Reads one item of {@code servers}, from the right, as nc_conf.c:conf_add_server does.
 *
 * <pre>
 *   host:port:weight name        /path:weight name
 *   '-place-'                    place
 *   '---- pname ----'            '-- pname --'
 * </pre>
 */
final class ServerText {

    private static final String FORMS = "host:port:weight [name] or /path:weight [name]";
    private static final int MEMCACHED_PORT = 11211;

    private ServerText() {}

    static @Nullable ServerConfig parse(String text, Spot spot) {
        int blank = text.lastIndexOf(' ');
        if (blank == text.length() - 1) {
            return spot.reject("'" + text + "' has an empty name", FORMS);
        }
        String pname = blank < 0 ? text : text.substring(0, blank);
        int colon = pname.lastIndexOf(':');
        if (colon < 0) {
            return spot.reject("'" + text + "' has no weight", FORMS);
        }
        String place = pname.substring(0, colon);
        Address address = place.startsWith("/") ? unix(place, spot) : tcp(place, text, spot);
        int weight = address == null ? 0 : weight(pname.substring(colon + 1), spot);
        if (address == null || weight == 0) {
            return null;
        }
        String name = blank < 0 ? impliedName(place, address) : text.substring(blank + 1);
        return new ServerConfig(name, pname, address, weight);
    }

    private static @Nullable Address unix(String path, Spot spot) {
        if (path.indexOf(':') >= 0) {
            return spot.reject("'" + path + "' has a colon in its path", FORMS);
        }
        return UnixAddress.fits(path)
                ? new UnixAddress(path, 0)
                : spot.reject("'" + path + "' is too long", UnixAddress.LIMIT);
    }

    private static @Nullable Address tcp(String place, String text, Spot spot) {
        int colon = place.lastIndexOf(':');
        if (colon < 0) {
            return spot.reject("'" + text + "' has no port or no weight", FORMS);
        }
        if (colon == 0) {
            return spot.reject("'" + text + "' has no host", FORMS);
        }
        if (place.startsWith("-") || place.indexOf(' ') >= 0) {
            // a list without blanks behind its dashes is one long text to YAML
            return spot.reject("'" + place + "' is not a host and port", "'- ' before each server");
        }
        int port = Ports.parse(place.substring(colon + 1), spot);
        return port == 0 ? null : new TcpAddress(Ports.host(place.substring(0, colon)), port);
    }

    /** Reads a weight, or tells the fault to {@code spot} and returns 0. */
    private static int weight(String text, Spot spot) {
        int weight = Digits.parse(text);
        if (weight < 1) {
            spot.reject(
                    "'" + text + "' is not a weight", "a weight from 1 to " + Integer.MAX_VALUE);
            return 0;
        }
        return weight;
    }

    /**
     * The name of a server without one: what ketama hashes, so it must not change.
     *
     * <p>At port 11211 the port is left out, for the sake of libmemcached's ketama; a unix path
     * keeps the colon that stood before its weight.
     */
    private static String impliedName(String place, Address address) {
        return switch (address) {
            case UnixAddress _ -> place + ":";
            case TcpAddress(_, int port) ->
                    port == MEMCACHED_PORT ? place.substring(0, place.lastIndexOf(':')) : place;
        };
    }
}
