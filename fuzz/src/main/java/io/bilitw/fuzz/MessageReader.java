package io.bilitw.fuzz;

import io.bilitw.protocol.ParseStatus;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes one message after the other from a stream, and holds the parser to what all parsers
 * promise: it moves no index, takes what is there and at least a byte, and never less than it said
 * it waited for.
 */
abstract class MessageReader {

    private final List<String> found = new ArrayList<>();
    private int expectedBytes;
    private int offset;
    private boolean isOver;

    /** Has the parser look at {@code in}. */
    abstract ParseStatus parse(ByteBuf in);

    /** What the parser waits for. */
    abstract int expectedBytes();

    /** Length of the complete message, in bytes. */
    abstract int messageBytes();

    /** How many bytes behind a complete message the parser has waited for. */
    abstract int bytesBehind();

    /**
     * Holds the laws of the complete message at the front of {@code in}, and says what it is; empty
     * for one that may come in any number of pieces, of which only the length is noted.
     */
    abstract String describe(ByteBuf in);

    /** Holds the laws of input that is no message, and says what it is. */
    abstract String describeInvalid();

    /** The parser waits for more. */
    void onPause() {}

    /** Reads no more, as the message that is being described was the last one. */
    final void end() {
        isOver = true;
    }

    /** Has the parser find all messages at the front of {@code in}, and does nothing else. */
    final void skipAll(ByteBuf in) {
        while (parse(in) == ParseStatus.COMPLETE) {
            in.skipBytes(messageBytes());
        }
    }

    /**
     * Takes all whole messages from the front of {@code in}.
     *
     * @return whether it reads on
     */
    final boolean onRead(ByteBuf in) {
        ParseStatus status = ParseStatus.COMPLETE;
        while (status == ParseStatus.COMPLETE && !isOver) {
            int from = in.readerIndex();
            int to = in.writerIndex();
            status = parse(in);
            Law.hold(in.readerIndex() == from && in.writerIndex() == to, "an index was moved");
            switch (status) {
                case COMPLETE -> take(in);
                case NEED_MORE -> await(in);
                case INVALID -> {
                    find(describeInvalid());
                    end();
                }
            }
        }
        return !isOver;
    }

    private void take(ByteBuf in) {
        int bytes = messageBytes();
        Law.hold(bytes > 0, "a message of %d bytes", bytes);
        Law.hold(bytes <= in.readableBytes(), "%d bytes of %d", bytes, in.readableBytes());
        Law.hold(
                bytes + bytesBehind() >= expectedBytes,
                "%d bytes where %d were awaited",
                bytes,
                expectedBytes);
        String what = describe(in);
        if (!what.isEmpty()) {
            find(bytes + " bytes " + what);
        }
        in.skipBytes(bytes);
        offset += bytes;
        expectedBytes = 0;
    }

    private void await(ByteBuf in) {
        expectedBytes = expectedBytes();
        int bytes = in.readableBytes();
        Law.hold(expectedBytes > bytes, "has %d bytes and awaits %d", bytes, expectedBytes);
        onPause();
    }

    private void find(String what) {
        found.add(offset + ": " + what);
    }

    /** What was found, in the order of the stream, which is over. */
    final List<String> found() {
        if (!isOver) {
            find("awaits " + expectedBytes);
        }
        return found;
    }
}
