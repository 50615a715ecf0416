package io.bilitw.control;

/** What a worker tells the master, one row a message. */
public enum Report {
    /** It serves. */
    READY,
    /** It cannot serve; the argument says why. */
    FAILED
}
