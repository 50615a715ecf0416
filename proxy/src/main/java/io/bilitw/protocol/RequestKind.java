package io.bilitw.protocol;

/** What a request is for, as far as the figures tell requests apart. */
public enum RequestKind {
    /** Asks for the values of keys, each of which is found or not. */
    GET,
    /** Reads in another way. */
    READ,
    /** Changes something. */
    WRITE,
    /** Does neither, or is not known. */
    OTHER
}
