package io.bilitw.master;

/** The signals of the master, one row each. */
enum Signal {
    /** Reload the configuration. */
    HUP,
    /** Stop at once. */
    TERM,
    /** Stop at once. */
    INT,
    /** Stop when all requests are answered. */
    QUIT,
    /** Reopen the log. */
    USR1,
    /** Log more. */
    TTIN,
    /** Log less. */
    TTOU,
    /** Nothing. */
    WINCH,
    /** Nothing. */
    USR2,
    /** Nothing. */
    PIPE,
    /** Nothing. */
    ALRM,
    /** Nothing. */
    IO
}
