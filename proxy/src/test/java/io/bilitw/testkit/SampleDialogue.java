package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What a client says, understood by its protocol, but with no client session to act on it. */
public final class SampleDialogue {

    private final Dialogue dialogue;

    /** Begins to speak {@code protocol} as client number {@code id}. */
    public SampleDialogue(Protocol protocol, long id) {
        dialogue = protocol.newDialogue(new SampleFacts(id));
    }

    /** Says the whole request {@code wire}; returns what is to be done with it. */
    public Handling say(String wire) {
        ParseStatus status = dialogue.parser().parse(Unpooled.copiedBuffer(wire, ISO_8859_1));
        if (status != ParseStatus.COMPLETE) {
            throw new AssertionError(status + " for " + wire);
        }
        return dialogue.handling();
    }

    /** Says {@code wire}, which the proxy answers itself; returns that answer. */
    public String ask(String wire) {
        if (say(wire) != Handling.ANSWER) {
            throw new AssertionError(wire + " is for servers");
        }
        ByteBuf out = Unpooled.buffer();
        dialogue.answer(out);
        return out.toString(ISO_8859_1);
    }

    /** The conversation itself, for what acts on what was said last. */
    public Dialogue dialogue() {
        return dialogue;
    }
}
