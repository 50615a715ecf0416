package io.bilitw.protocol;

/** Whether a client is to get a response to a request. */
public enum ResponseMode {
    /** Yes, always one. */
    ALWAYS,
    /**
     * Only if the server gives one: it keeps silent where all went as usual. As nobody can wait for
     * silence, a {@link Protocol#fence() fence} is sent behind the request.
     */
    QUIET,
    /** No, whatever the server says. */
    NEVER
}
