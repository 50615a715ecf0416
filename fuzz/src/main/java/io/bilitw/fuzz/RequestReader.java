package io.bilitw.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.ResponseMode;
import io.netty.buffer.ByteBuf;

/**
 * Takes a client's requests one after the other and does with each what {@code
 * client.ClientSession} does. What would go to servers, and what the client would be told, is given
 * to the protocol's own parsers: a server must see one request for the same keys, the client one
 * response.
 */
final class RequestReader extends MessageReader {

    private final Protocol protocol;
    private final Buffers buffers;
    private final boolean isMoving;
    private final OutgoingCheck outgoing;
    private Dialogue dialogue;

    /**
     * Reads what a new client of {@code protocol} sends. If {@code isMoving}, another dialogue goes
     * on whenever the parser says that one could, as in a reload.
     */
    RequestReader(Protocol protocol, Buffers buffers, boolean isMoving) {
        this.protocol = protocol;
        this.buffers = buffers;
        this.isMoving = isMoving;
        outgoing = new OutgoingCheck(protocol, buffers);
        dialogue = protocol.newDialogue(new SampleClient());
    }

    @Override
    ParseStatus parse(ByteBuf in) {
        return dialogue.parser().parse(in);
    }

    @Override
    int expectedBytes() {
        return dialogue.parser().expectedBytes();
    }

    @Override
    int messageBytes() {
        return dialogue.parser().consumedBytes();
    }

    @Override
    int bytesBehind() {
        return 0;
    }

    @Override
    void onPause() {
        if (isMoving && dialogue.parser().isReplaceable()) {
            Dialogue next = protocol.newDialogue(dialogue.client());
            next.restore(dialogue.state());
            dialogue = next;
        }
    }

    @Override
    String describe(ByteBuf in) {
        Handling handling = dialogue.handling();
        if (handling == Handling.IGNORE) {
            return "";
        }
        RequestParser parser = dialogue.parser();
        holdRequestLies(parser, in);
        KeyList keys = KeyList.of(parser);
        String answer = "";
        switch (handling) {
            case FORWARD, FORWARD_TO_ANY, BROADCAST -> outgoing.holdWhole(dialogue, keys);
            case SPLIT -> outgoing.holdFragments(dialogue, keys);
            case ANSWER -> answer = answer();
            case IGNORE -> {}
        }
        return "%s %s %s %s, dialect %d, %s %s"
                .formatted(
                        handling,
                        dialogue.kind(),
                        dialogue.requestType(),
                        dialogue.responseMode(),
                        dialogue.dialect(),
                        keys,
                        answer);
    }

    /** What the parser has rewritten lies in a buffer of its own. */
    @SuppressWarnings("ReferenceEquality") // in which buffer it lies, not what is in it
    private static void holdRequestLies(RequestParser parser, ByteBuf in) {
        int from = parser.start();
        int to = from + parser.length();
        boolean isInput = parser.source() == in;
        int min = isInput ? in.readerIndex() : 0;
        int max = isInput ? min + parser.consumedBytes() : parser.source().writerIndex();
        Law.hold(
                min <= from && from <= to && to <= max,
                "a request from %d to %d, not in %d to %d",
                from,
                to,
                min,
                max);
    }

    /** Has the proxy answer, which it must do in one response unless it closes. */
    private String answer() {
        ByteBuf out = buffers.growing();
        try {
            boolean staysOpen = dialogue.answer(out);
            if (!staysOpen) {
                end();
            }
            if (dialogue.responseMode() == ResponseMode.NEVER
                    || (!staysOpen && !out.isReadable())) {
                return staysOpen ? "" : "closes";
            }
            boolean isError = outgoing.holdAnswer(out, dialogue.dialect());
            return isError ? out.toString(ISO_8859_1) : "";
        } finally {
            out.release();
        }
    }

    @Override
    String describeInvalid() {
        ByteBuf out = buffers.growing();
        try {
            dialogue.answerInvalid(out);
            Law.hold(outgoing.holdAnswer(out, dialogue.dialect()), "no error for invalid input");
            return "invalid: " + out.toString(ISO_8859_1);
        } finally {
            out.release();
        }
    }
}
