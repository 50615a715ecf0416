package io.bilitw.protocol.redis;

/** The treatments that need no explaining per command. */
enum PlainTreatment implements Treatment {
    /** Sent as it is to the server of its keys. */
    FORWARDED,
    /**
     * Answered with an error: it would need all servers at once, or one server connection for the
     * client alone, or is an operator's.
     */
    REFUSED
}
