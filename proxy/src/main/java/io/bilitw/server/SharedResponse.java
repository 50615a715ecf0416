package io.bilitw.server;

import io.bilitw.net.Loop;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestQueue;
import io.bilitw.protocol.SharedResponseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The response to the requests of a {@link SharedLine}, dealt out as it comes: a value goes to the
 * first request that waits with its key, and those before that one have none. Event-loop confined.
 */
final class SharedResponse {

    private final Server server;
    private final Loop loop;
    private final SharedResponseParser parser;
    private final byte[] end;
    private final ByteBuf nothing; // the end alone, as the response to a get that finds nothing
    private final byte[] covered;

    private SharedResponse(Server server, Loop loop, SharedResponseParser parser) {
        this.server = server;
        this.loop = loop;
        this.parser = parser;
        end = parser.end();
        nothing = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(end));
        covered = new byte[end.length];
    }

    /** For a new connection to {@code server}; null if {@code protocol} has no such responses. */
    static @Nullable SharedResponse of(Protocol protocol, Server server, Loop loop) {
        SharedResponseParser parser = protocol.newSharedResponseParser();
        return parser == null ? null : new SharedResponse(server, loop, parser);
    }

    /** As {@link SharedResponseParser#expectedBytes()}. */
    int expectedBytes() {
        return parser.expectedBytes();
    }

    /**
     * Takes the next piece of the response from {@code in}, whose requests stand at the front of
     * {@code outstanding}; those that it answers are removed.
     */
    ParseStatus deliver(ByteBuf in, RequestQueue outstanding) {
        int from = in.readerIndex();
        ParseStatus status = parser.parse(in);
        if (status != ParseStatus.COMPLETE) {
            return status;
        }
        in.skipBytes(parser.length());
        if (!parser.isValue()) {
            answerRest(in, from, outstanding);
            return status;
        }
        Request request = owner(in, from, outstanding);
        if (request == null || (request.isLastShared() && !isEndNext(in))) {
            return ParseStatus.INVALID;
        }
        outstanding.takeFirst();
        if (request.isLastShared()) {
            in.skipBytes(end.length);
            answer(request, in, from, parser.length() + end.length, 1);
        } else {
            answerWithEnd(request, in, from);
        }
        return status;
    }

    /** Answers, with what is no value, all that are left. */
    private void answerRest(ByteBuf in, int from, RequestQueue outstanding) {
        int found = parser.isError() ? ServerConnection.NOT_SAID : 0;
        Request request = outstanding.takeFirst();
        while (request != null) {
            boolean isLast = request.isLastShared(); // asked now, as an answered one is reused
            answer(request, in, from, parser.length(), found);
            request = isLast ? null : outstanding.takeFirst();
        }
    }

    /** The request whose value this is, after those that have none; null if nobody asked for it. */
    private @Nullable Request owner(ByteBuf in, int from, RequestQueue outstanding) {
        int keyFrom = from + parser.keyFrom();
        int keyBytes = parser.keyTo() - parser.keyFrom();
        Request request = outstanding.first();
        while (request != null && !request.hasKey(in, keyFrom, keyBytes)) {
            if (request.isLastShared()) {
                return null;
            }
            outstanding.takeFirst();
            answer(request, nothing, 0, end.length, 0);
            request = outstanding.first();
        }
        return request;
    }

    private boolean isEndNext(ByteBuf in) {
        for (int i = 0; i < end.length; i++) {
            if (in.getByte(in.readerIndex() + i) != end[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Answers with a value and an end behind it. The end is written over what has come behind the
     * value, which is put back afterwards; unless whoever takes the response might keep the buffer.
     */
    private void answerWithEnd(Request request, ByteBuf in, int from) {
        int bytes = parser.length();
        if (!loop.isKeepable(in, bytes + end.length)) {
            int behind = in.readerIndex();
            in.getBytes(behind, covered).setBytes(behind, end);
            answer(request, in, from, bytes + end.length, 1);
            in.setBytes(behind, covered);
        } else {
            int wholeBytes = bytes + end.length;
            ByteBuf copy = loop.allocator().directBuffer(wholeBytes, wholeBytes);
            copy.writeBytes(in, from, bytes).writeBytes(end);
            answer(request, copy, 0, wholeBytes, 1);
            copy.release();
        }
    }

    private void answer(Request request, ByteBuf in, int from, int bytes, int found) {
        server.onResponse(request, bytes, found);
        request.sink().onResponse(request, in, from, bytes);
    }
}
