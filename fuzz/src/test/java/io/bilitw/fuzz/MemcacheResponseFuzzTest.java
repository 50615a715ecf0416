package io.bilitw.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.protocol.SharedResponseParser;
import io.bilitw.protocol.memcache.MemcacheProtocol;
import io.bilitw.protocol.memcache.MemcacheSettings;
import io.netty.buffer.ByteBuf;

/** Anything that a memcached may send, to single requests and to shared ones. */
class MemcacheResponseFuzzTest {

    private static final String VALUE = "VALUE ";

    private static final MemcacheProtocol PROTOCOL =
            new MemcacheProtocol(new MemcacheSettings("fuzz", false, "0"));

    @FuzzTest
    void findsTheSameResponsesHoweverTheyAreCut(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        ResponseLaws.hold(
                () ->
                        new ResponseReader(
                                PROTOCOL.newResponseParser(0),
                                MemcacheResponseFuzzTest::holdSharedAlike),
                input);
        ResponseLaws.hold(
                () -> new SharedResponseReader(PROTOCOL.newSharedResponseParser()), input);
    }

    /** The response to a get is as long, and has as many values, if it is taken apart. */
    private static void holdSharedAlike(ByteBuf in, ResponseParser parsed) {
        int bytes = parsed.length();
        if (bytes < VALUE.length()
                || !in.toString(in.readerIndex(), VALUE.length(), ISO_8859_1).equals(VALUE)) {
            return;
        }
        SharedResponseParser shared = PROTOCOL.newSharedResponseParser();
        ByteBuf response = in.slice(in.readerIndex(), bytes);
        int values = 0;
        boolean isOver = false;
        while (!isOver) {
            ParseStatus status = shared.parse(response);
            Law.hold(status == ParseStatus.COMPLETE, "%s behind %d values", status, values);
            response.skipBytes(shared.length());
            isOver = !shared.isValue();
            values += isOver ? 0 : 1;
        }
        Law.hold(
                values == parsed.foundValues() && !response.isReadable(),
                "%d values instead of %d, and %d bytes left",
                values,
                parsed.foundValues(),
                response.readableBytes());
    }
}
