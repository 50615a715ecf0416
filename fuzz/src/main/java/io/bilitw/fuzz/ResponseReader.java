package io.bilitw.fuzz;

import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.ResponseParser;
import io.netty.buffer.ByteBuf;

/** Takes a server's responses one after the other. */
final class ResponseReader extends MessageReader {

    /** Looks further at a whole response. */
    @FunctionalInterface
    interface Check {

        /** Fails if the response at the front of {@code in} breaks a law. */
        void check(ByteBuf in, ResponseParser parsed);
    }

    private final ResponseParser parser;
    private final Check check;

    /** Reads with {@code parser}, and gives every whole response to {@code check}. */
    ResponseReader(ResponseParser parser, Check check) {
        this.parser = parser;
        this.check = check;
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
        return 0;
    }

    @Override
    String describe(ByteBuf in) {
        Law.hold(parser.foundValues() >= 0, "%d values", parser.foundValues());
        Law.hold(parser.isError() || !parser.isServerFailure(), "a failure that is no error");
        check.check(in, parser);
        return "%d values%s%s%s"
                .formatted(
                        parser.foundValues(),
                        parser.isError() ? " error" : "",
                        parser.isServerFailure() ? " failure" : "",
                        parser.isFence() ? " fence" : "");
    }

    @Override
    String describeInvalid() {
        return "invalid";
    }
}
