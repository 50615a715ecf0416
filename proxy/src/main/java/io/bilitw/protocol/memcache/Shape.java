package io.bilitw.protocol.memcache;

/** What the line of a request is made of, and what becomes of it. */
enum Shape {
    /** Keys to the end of the line: one request per server, the values joined. */
    KEYS,
    /** The same with a time to live before the keys. */
    EXPIRY_KEYS,
    /** A key, flags, a time to live and a length; a data block follows. */
    STORE,
    /** A key and little more. */
    KEYED,
    /** A key, then flags of one letter, some with a value. */
    META,
    /** A key and a length, then flags of one letter; a data block follows. */
    META_STORE,
    /** No key: every server has to hear it. */
    ALL_SERVERS,
    /** No key: any server can answer it. */
    ANY_SERVER,
    /** Answered by the proxy. */
    LOCAL,
    /** Known and not for a proxy. */
    REFUSED
}
