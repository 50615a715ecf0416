package io.bilitw.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.protocol.Split;
import io.netty.buffer.ByteBuf;

/**
 * Reads anew what the proxy would send: to a server, on a connection that many clients share, where
 * anything but one request would give a client the answers of another; and to a client.
 */
final class OutgoingCheck {

    /** How lines begin with which memcached lists its figures; no server is asked for them. */
    private static final String FIGURE = "STAT ";

    private final Protocol protocol;
    private final Buffers buffers;

    /** Reads what is sent in {@code protocol}. */
    OutgoingCheck(Protocol protocol, Buffers buffers) {
        this.protocol = protocol;
        this.buffers = buffers;
    }

    /**
     * Holds that the complete request of {@code client}, sent as it is, is one for {@code keys}.
     */
    void holdWhole(Dialogue client, KeyList keys) {
        RequestParser parser = client.parser();
        ByteBuf wire = buffers.exact(parser.length());
        wire.writeBytes(parser.source(), parser.start(), parser.length());
        holdOneRequest(client, wire, keys);
        holdMiss(client, keys.count());
    }

    /**
     * Holds that the parts of the request lie apart, and that the fragments with all of them and
     * with the first one are requests of their own.
     */
    void holdFragments(Dialogue client, KeyList keys) {
        RequestParser parser = client.parser();
        int end = parser.start();
        for (int i = 0; i < keys.count(); i++) {
            Law.hold(
                    end <= parser.partFrom(i)
                            && parser.partFrom(i) <= parser.keyFrom(i)
                            && parser.keyTo(i) <= parser.partTo(i),
                    "part %d from %d to %d, behind %d",
                    i,
                    parser.partFrom(i),
                    parser.partTo(i),
                    end);
            end = parser.partTo(i);
        }
        Law.hold(end <= parser.start() + parser.length(), "parts up to %d", end);
        holdFragment(client, keys);
        holdFragment(client, keys.first());
    }

    private void holdFragment(Dialogue client, KeyList keys) {
        RequestParser parser = client.parser();
        Split split = client.split();
        ByteBuf wire = buffers.growing();
        split.writeHead(wire, parser, keys.count());
        int partBytes = 0;
        for (int i = 0; i < keys.count(); i++) {
            int bytes = parser.partTo(i) - parser.partFrom(i);
            wire.writeBytes(parser.source(), parser.partFrom(i), bytes);
            partBytes += bytes;
        }
        split.writeTail(wire);
        int framingBytes = wire.readableBytes() - partBytes;
        Law.hold(
                framingBytes <= split.framingBytes(parser),
                "%d bytes of framing, announced %d",
                framingBytes,
                split.framingBytes(parser));
        holdOneRequest(client, wire, keys);
        holdMiss(client, keys.count());
    }

    /** Takes over {@code wire}. */
    private void holdOneRequest(Dialogue client, ByteBuf wire, KeyList keys) {
        String text = wire.toString(ISO_8859_1);
        try {
            Dialogue server = protocol.newDialogue(client.client());
            server.restore(client.state());
            RequestParser parser = server.parser();
            ParseStatus status = parser.parse(wire);
            Law.hold(
                    status == ParseStatus.COMPLETE && parser.consumedBytes() == text.length(),
                    "not one request but %s: %s",
                    status,
                    text);
            Law.hold(KeyList.of(parser).equals(keys), "other keys than %s: %s", keys, text);
            Law.hold(
                    server.requestType().equals(client.requestType()),
                    "%s became %s: %s",
                    client.requestType(),
                    server.requestType(),
                    text);
        } finally {
            wire.release();
        }
    }

    private void holdMiss(Dialogue client, int keys) {
        byte[] miss = client.miss(keys);
        if (miss == null) {
            return;
        }
        ByteBuf wire = buffers.exact(miss.length).writeBytes(miss);
        try {
            ResponseParser parsed = holdOneResponse(wire, client.dialect());
            Law.hold(
                    parsed.foundValues() == 0 && !parsed.isError(),
                    "no miss: %s",
                    wire.toString(ISO_8859_1));
        } finally {
            wire.release();
        }
    }

    /**
     * Holds that {@code out} is one response.
     *
     * @return whether it is an error
     */
    boolean holdAnswer(ByteBuf out, int dialect) {
        return !out.toString(ISO_8859_1).startsWith(FIGURE)
                && holdOneResponse(out, dialect).isError();
    }

    private ResponseParser holdOneResponse(ByteBuf wire, int dialect) {
        ResponseParser parser = protocol.newResponseParser(dialect);
        ParseStatus status = parser.parse(wire);
        Law.hold(
                status == ParseStatus.COMPLETE && parser.length() == wire.readableBytes(),
                "not one response but %s: %s",
                status,
                wire.toString(ISO_8859_1));
        return parser;
    }
}
