package io.bilitw.protocol;

/** What is to be done with a complete request. */
public enum Handling {
    /** Send it as it is to the one server that holds its keys. */
    FORWARD,
    /** Send it as it is to any one server that lives; its key is only a stand-in for none. */
    FORWARD_TO_ANY,
    /** Cut it into one fragment per server, and join the responses. */
    SPLIT,
    /** Send it as it is to every server, and join the responses. */
    BROADCAST,
    /** Answer it from what the proxy knows, or refuse it; no server hears of it. */
    ANSWER,
    /** Nothing to do and nothing to answer, for example an empty line. */
    IGNORE
}
