package io.bilitw.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes whole lines, and notes what a connection tells. */
class SampleHandler implements ConnectionHandler {

    final List<String> events = new ArrayList<>();

    @Override
    public void onRead(ByteBuf in) {
        int bytes = in.bytesBefore((byte) '\n') + 1;
        while (bytes > 0) {
            events.add("line " + in.readCharSequence(bytes, ISO_8859_1).toString().strip());
            bytes = in.bytesBefore((byte) '\n') + 1;
        }
    }

    @Override
    public int expectedBytes() {
        return 0;
    }

    @Override
    public void onInputEnd() {
        events.add("input end");
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        events.add("closed " + (cause == null ? "in good order" : cause.getMessage()));
    }
}
