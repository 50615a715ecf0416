package io.bilitw.testkit;

/** Writes what has a data block in memcached's text protocol; a character is a byte. */
public final class Memcache {

    private Memcache() {}

    /** A request to store {@code value}, without flags and for ever. */
    public static String set(String key, String value) {
        return "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
    }

    /** A value found, without flags, as a server writes it; {@code END} is still to follow. */
    public static String value(String key, String value) {
        return "VALUE " + key + " 0 " + value.length() + "\r\n" + value + "\r\n";
    }
}
