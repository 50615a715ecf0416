package io.bilitw.protocol.memcache;

import io.bilitw.protocol.ErrorText;
import io.netty.buffer.ByteBuf;

/**
 * The errors that the proxy itself answers with, one row a text; where memcached knows the fault,
 * in its words (memcached proto_text.c).
 */
enum MemcacheError {
    /** No row for the command, or too many words or too few. */
    UNKNOWN_COMMAND("ERROR"),
    /** A key of more than 250 bytes, or what should be a number is none. */
    BAD_LINE("CLIENT_ERROR bad command line format"),
    /** A data block that is not as long as its line says. */
    BAD_DATA("CLIENT_ERROR bad data chunk"),
    /** A time to live that is no number. */
    BAD_EXPIRY("CLIENT_ERROR invalid exptime argument"),
    /** More flags than a server reads. */
    TOO_MANY_FLAGS("CLIENT_ERROR options flags too long"),
    /** A value of more than {@link RequestLine#MAX_VALUE_BYTES}. */
    TOO_LARGE("SERVER_ERROR object too large for cache"),
    /** A request that is longer than the configuration allows; of the most bytes. */
    REQUEST_TOO_LARGE("SERVER_ERROR request is larger than max_request_size, {1} bytes"),
    /** flush_all where the pool does not allow it. */
    FLUSH_NOT_ALLOWED("CLIENT_ERROR flush_all not allowed"),
    /** A command that is for the operator of one server; of its name. */
    UNSUPPORTED_COMMAND("CLIENT_ERROR unsupported command '{1}'"),
    /** stats about the inside of one server; of what is asked. */
    UNSUPPORTED_STATS("CLIENT_ERROR unsupported 'stats {1}', each server has its own"),
    /** A line that does not end. */
    LONG_LINE("CLIENT_ERROR line too long"),
    /** The first byte of the binary protocol. */
    BINARY("CLIENT_ERROR this is the binary protocol (expected: the text protocol)"),
    /** One client more than the pool takes. */
    TOO_MANY_CLIENTS("ERROR Too many open connections"),
    /** A response of a server that does not fit its request. */
    INVALID_RESPONSE("SERVER_ERROR Invalid argument");

    private final String text;

    MemcacheError(String text) {
        this.text = text;
    }

    /** Appends to {@code out} this error, with {@code details} filled in. */
    void write(ByteBuf out, String... details) {
        ErrorText.write(text, out, details);
    }
}
