package io.bilitw.fuzz;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.SharedResponseParser;
import io.netty.buffer.ByteBuf;

/** Takes the responses to shared requests apart: a value is a message, and what ends them one. */
final class SharedResponseReader extends MessageReader {

    private final SharedResponseParser parser;

    /** Reads with {@code parser}. */
    SharedResponseReader(SharedResponseParser parser) {
        this.parser = parser;
    }

    @Override
    ParseStatus parse(ByteBuf in) {
        return parser.parse(in);
    }

    @Override
    int expectedBytes() {
        return parser.expectedBytes();
    }

    @Override
    int messageBytes() {
        return parser.length();
    }

    @Override
    int bytesBehind() {
        return parser.isValue() ? parser.end().length : 0;
    }

    @Override
    String describe(ByteBuf in) {
        if (!parser.isValue()) {
            return parser.isError() ? "error" : "end";
        }
        int from = parser.keyFrom();
        int to = parser.keyTo();
        Law.hold(!parser.isError(), "a value that is an error");
        Law.hold(0 < from && from <= to && to < parser.length(), "a key from %d to %d", from, to);
        return "value, key from %d to %d".formatted(from, to);
    }

    @Override
    String describeInvalid() {
        return "invalid";
    }
}
