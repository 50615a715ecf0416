package io.bilitw.protocol.redis;

/**
 * What redis says of a command in {@code COMMAND INFO}, as far as it means something to clients of
 * a proxy.
 */
enum CommandFlag {
    /** It may change keys. */
    WRITE("write"),
    /** It only looks at keys. */
    READ("readonly"),
    /** It may need more memory, so a full server refuses it. */
    DENYOOM("denyoom"),
    /** It takes constant or logarithmic time. */
    FAST("fast"),
    /** It may keep the connection waiting. */
    BLOCKING("blocking"),
    /** It is for operators. */
    ADMIN("admin"),
    /** It is about channels, not keys. */
    PUB_SUB("pubsub"),
    /** It is allowed before the client has shown the password. */
    NO_AUTH("no_auth");

    private final String wireName;

    CommandFlag(String wireName) {
        this.wireName = wireName;
    }

    /** The flag as {@code COMMAND INFO} writes it. */
    String wireName() {
        return wireName;
    }
}
