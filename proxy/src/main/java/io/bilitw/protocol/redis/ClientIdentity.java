package io.bilitw.protocol.redis;

/** What a client has told about itself with CLIENT SETNAME and CLIENT SETINFO. */
final class ClientIdentity {

    private String name = "";
    private String libraryName = "";
    private String libraryVersion = "";

    /** Tells whether {@code text} may be a name: visible ASCII without blanks, or nothing. */
    static boolean isNameable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '!' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
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
