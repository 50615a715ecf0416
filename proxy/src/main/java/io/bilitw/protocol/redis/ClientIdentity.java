package io.bilitw.protocol.redis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client has told about itself with CLIENT SETNAME and CLIENT SETINFO. */
final class ClientIdentity {

    /** Longest name, so that many clients with long names do not fill the heap. */
    private static final int MAX_NAME_BYTES = 1024;

    private String name = "";
    private String libraryName = "";
    private String libraryVersion = "";

    /**
     * What is wrong with {@code text} as a name, or null if it may be one: visible ASCII without
     * blanks, or nothing.
     */
    static @Nullable RedisError complaint(String text) {
        if (text.length() > MAX_NAME_BYTES) {
            return RedisError.LONG_NAME;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '!' || text.charAt(i) > '~') {
                return RedisError.UNFIT_NAME;
            }
        }
        return null;
    }

    /** All of it, by names of its own, to be {@linkplain #restore restored} elsewhere. */
    Map<String, String> state() {
        return Map.of("name", name, "lib-name", libraryName, "lib-ver", libraryVersion);
    }

    /** Takes over what another identity was. */
    void restore(Map<String, String> state) {
        name = state.getOrDefault("name", "");
        libraryName = state.getOrDefault("lib-name", "");
        libraryVersion = state.getOrDefault("lib-ver", "");
    }

    /** The connection's name, empty if it has none. */
    String name() {
        return name;
    }

    /** Names the connection; empty takes the name away. */
    void rename(String newName) {
        name = newName;
    }

    /** The name of the client library, empty if unknown. */
    String libraryName() {
        return libraryName;
    }

    /** Notes the name of the client library. */
    void libraryIs(String newName) {
        libraryName = newName;
    }

    /** The version of the client library, empty if unknown. */
    String libraryVersion() {
        return libraryVersion;
    }

    /** Notes the version of the client library. */
    void libraryVersionIs(String version) {
        libraryVersion = version;
    }
}
