package io.bilitw.protocol;

/** What a parser says of the bytes at the front of a buffer. */
public enum ParseStatus {
    /** A whole message lies there. */
    COMPLETE,
    /** A message begins there, and its end has not come yet. */
    NEED_MORE,
    /** No message of this protocol begins there; the stream is out of step for good. */
    INVALID
}
