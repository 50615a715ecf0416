package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ClientFacts;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Handshake;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.protocol.SharedResponseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Set;

/** The text protocol of memcached for one pool. It has one dialect and needs no handshake. */
public final class MemcacheProtocol implements Protocol {

    /**
     * The cheapest request that any memcached answers and whose answer is like no other. {@code mn}
     * would make the server write at once, for every quiet request anew.
     */
    private static final byte[] FENCE = "version\r\n".getBytes(US_ASCII);

    private static final byte[] PROBE = "mn\r\n".getBytes(US_ASCII);

    /**
     * What a memcached says to that, and one that is too old for it. With a text behind its ERROR
     * it would say that it has too many connections.
     */
    private static final Set<String> PROOFS = Set.of("MN\r\n", "ERROR\r\n");

    private static final int MAX_PROOF_BYTES = 8;

    private final MemcacheSettings settings;

    /** Speaks memcached as {@code settings} say. */
    public MemcacheProtocol(MemcacheSettings settings) {
        this.settings = settings;
    }

    @Override
    public Dialogue newDialogue(ClientFacts client) {
        return new MemcacheDialogue(settings, client);
    }

    @Override
    public ResponseParser newResponseParser(int dialect) {
        return new MemcacheResponseParser();
    }

    @Override
    public SharedResponseParser newSharedResponseParser() {
        return new SharedGetParser();
    }

    @Override
    public int dialects() {
        return 1;
    }

    @Override
    public Handshake handshake(int dialect) {
        return Handshake.NONE;
    }

    @Override
    public byte[] fence() {
        return FENCE;
    }

    @Override
    public byte[] probe() {
        return PROBE;
    }

    @Override
    public boolean isProof(ByteBuf in, int from, int bytes) {
        return PROOFS.contains(in.toString(from, Math.min(bytes, MAX_PROOF_BYTES), US_ASCII));
    }

    @Override
    public void writeFailure(Failure failure, ByteBuf out) {
        ByteBufUtil.writeUtf8(out, "SERVER_ERROR " + failure.text() + "\r\n");
    }

    @Override
    public void writeRequestTooLarge(long maxBytes, ByteBuf out) {
        MemcacheError.REQUEST_TOO_LARGE.write(out, Long.toString(maxBytes));
    }

    @Override
    public void writeTooManyClients(ByteBuf out) {
        MemcacheError.TOO_MANY_CLIENTS.write(out);
    }
}
