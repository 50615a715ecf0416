package io.bilitw.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ClientFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/** A client without a connection, whose messages lie where the proxy has them. */
final class BenchClient implements ClientFacts {

    /** Lays a message outside the heap; the caller owns the buffer. */
    static ByteBuf direct(String bytes) {
        return Unpooled.directBuffer().writeBytes(bytes.getBytes(US_ASCII));
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public String remoteAddress() {
        return "";
    }

    @Override
    public String localAddress() {
        return "";
    }

    @Override
    public Map<String, Long> poolFigures() {
        return Map.of();
    }

    @Override
    public long ageSeconds() {
        return 0;
    }
}
