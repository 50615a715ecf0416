package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.SharedResponseParser;
import io.netty.buffer.ByteBuf;

/** Takes apart the response to one get that was made of several. */
final class SharedGetParser implements SharedResponseParser {

    private static final byte[] END = "END\r\n".getBytes(US_ASCII);
    private static final int KEY_FROM = "VALUE ".length();

    private final MemcacheResponseParser parser = MemcacheResponseParser.ofSingleValues(END.length);

    @Override
    public ParseStatus parse(ByteBuf in) {
        return parser.parse(in);
    }

    @Override
    public int expectedBytes() {
        return parser.expectedBytes();
    }

    @Override
    public int length() {
        return parser.length();
    }

    @Override
    public boolean isValue() {
        return parser.isSingleValue();
    }

    @Override
    public boolean isError() {
        return parser.isError();
    }

    @Override
    public int keyFrom() {
        return KEY_FROM;
    }

    @Override
    public int keyTo() {
        return parser.keyTo();
    }

    @Override
    public byte[] end() {
        return END;
    }
}
