package io.bilitw.control;

/** What the master tells a worker, one row a message. */
public enum Order {
    /** The configuration: its text in the file that comes along, its name as argument. */
    CONFIG,
    /** The counter file, which comes along. */
    FIGURES,
    /** The memory of the slow log, which comes along and all workers share. */
    SLOW_LOG,
    /**
     * The memory that all workers share for the numbers of their clients, which comes along: {@link
     * CensusSeats}.
     */
    CENSUS,
    /** A socket to accept clients on, which comes along; the address as in the configuration. */
    LISTEN,
    /** Begin to serve: {@link StartSettings}. */
    START,
    /**
     * Give all clients to a successor, over the socket that comes along; the argument is the time
     * for it, in ms. Then end.
     */
    MOVE,
    /** Take over the clients that come over the socket that comes along. */
    ADOPT,
    /**
     * Take no more clients, finish what is begun, then end; the argument is the time for it, in ms.
     */
    DRAIN,
    /** End at once, when finished responses are written. */
    STOP,
    /** Log at this level from now on. */
    LOG_LEVEL,
    /** Log to the file that comes along from now on. */
    LOG_FILE
}
