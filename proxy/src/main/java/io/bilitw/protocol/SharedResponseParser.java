package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Takes apart the response to several requests that went {@linkplain Dialogue#isShareable as one}:
 * finds one value after the other, and then what ends the response.
 *
 * <pre>
 *   get a b c\r\n      VALUE a 0 1\r\nx\r\n  VALUE c 0 1\r\ny\r\n  END\r\n
 *                      piece ...........  piece ...........  piece
 * </pre>
 *
 * <p>Incremental in the way of {@link RequestParser}. Event-loop confined, one a server connection.
 */
public interface SharedResponseParser {

    /**
     * Looks at {@code in} from its reader index on. A value is complete when as many bytes as
     * {@link #end} has have come behind it.
     */
    ParseStatus parse(ByteBuf in);

    /** As {@link RequestParser#expectedBytes()}. */
    int expectedBytes();

    /** Length of the complete piece, in bytes. */
    int length();

    /**
     * Tells whether the complete piece is a value; else it ends the response, and answers all
     * requests that are left.
     */
    boolean isValue();

    /** Tells whether the complete piece is an error. */
    boolean isError();

    /** Offset in the complete piece, a value, of the first byte of its key. */
    int keyFrom();

    /** Offset in the complete piece, a value, after the last byte of its key. */
    int keyTo();

    /** What ends the response to a request that goes alone, and is all of it without a value. */
    byte[] end();
}
