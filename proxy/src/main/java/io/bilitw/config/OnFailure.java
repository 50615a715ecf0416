package io.bilitw.config;

import java.util.Locale;

/** What a client gets for a request whose server has failed. */
public enum OnFailure {
    /** The protocol's error, as twemproxy. */
    ERROR,
    /** What a server without the key would say, if the request only reads; else the error. */
    MISS,
    /** The error, until the server is ejected and the other servers answer for its keys. */
    REHASH;

    /** The name in YAML, for example {@code miss}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
