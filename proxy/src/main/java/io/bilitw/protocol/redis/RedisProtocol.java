package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.protocol.ClientFacts;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Handshake;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.protocol.SharedResponseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The redis protocol for one pool. Its two dialects are RESP2 and RESP3: a client that has said
 * {@code HELLO 3} is served over server connections on which the proxy has said so too, and gets
 * the responses as the server words them.
 */
public final class RedisProtocol implements Protocol {

    /** The dialects: their numbers are the places of their handshakes. */
    static final int RESP2 = 0;

    static final int RESP3 = 1;

    private static final byte[] NO_FENCE = {};

    private static final byte[] PROBE = request("PING");

    /**
     * How the answer to PING begins if the server can serve: in a server that has renamed the
     * command, or does not allow it to the pool's user, too, as it looks at commands at all.
     */
    private static final List<String> PROOFS =
            List.of("+PONG\r", "-ERR unknown command", "-NOPERM ");

    private static final int MAX_PROOF_BYTES = 32;

    private final RedisSettings settings;
    private final List<Handshake> handshakes;

    /** Speaks redis as {@code settings} say. */
    public RedisProtocol(RedisSettings settings) {
        this.settings = settings;
        handshakes = List.of(handshakeOf(settings, false), handshakeOf(settings, true));
    }

    @Override
    public Dialogue newDialogue(ClientFacts client) {
        return new RedisDialogue(settings, client, new RedisRequestParser());
    }

    @Override
    public ResponseParser newResponseParser(int dialect) {
        return new RedisResponseParser(dialect == RESP3);
    }

    @Override
    public @Nullable SharedResponseParser newSharedResponseParser() {
        return null;
    }

    @Override
    public int dialects() {
        return handshakes.size();
    }

    @Override
    public Handshake handshake(int dialect) {
        return handshakes.get(dialect);
    }

    @Override
    public byte[] fence() {
        return NO_FENCE; // every request has a response
    }

    @Override
    public byte[] probe() {
        return PROBE;
    }

    @Override
    public boolean isProof(ByteBuf in, int from, int bytes) {
        String answer = in.toString(from, Math.min(bytes, MAX_PROOF_BYTES), UTF_8);
        for (String proof : PROOFS) {
            if (answer.startsWith(proof)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void writeFailure(Failure failure, ByteBuf out) {
        String code =
                switch (failure.kind()) {
                    case SERVER -> "-ERR ";
                    case KEYS_APART -> "-CROSSSLOT ";
                };
        ByteBufUtil.writeUtf8(out, code + failure.text() + "\r\n");
    }

    @Override
    public void writeRequestTooLarge(long maxBytes, ByteBuf out) {
        RedisError.REQUEST_TOO_LARGE.write(out, Long.toString(maxBytes));
    }

    @Override
    public void writeTooManyClients(ByteBuf out) {
        ByteBufUtil.writeUtf8(out, "-ERR max number of clients reached\r\n");
    }

    /**
     * First the password, then the rest: the other way round the server refuses. A server too old
     * for RESP3 is fit for other clients.
     */
    private static Handshake handshakeOf(RedisSettings settings, boolean isResp3) {
        List<Handshake.Step> steps = new ArrayList<>();
        String password = settings.password();
        if (password != null) {
            steps.add(new Handshake.Step("AUTH", request("AUTH", password), true, password));
        }
        if (isResp3) {
            steps.add(new Handshake.Step("HELLO 3", request("HELLO", "3"), false, null));
        }
        if (settings.database() > 0) {
            String number = Integer.toString(settings.database());
            steps.add(
                    new Handshake.Step("SELECT " + number, request("SELECT", number), true, null));
        }
        return steps.isEmpty() ? Handshake.NONE : new Handshake(List.copyOf(steps));
    }

    private static byte[] request(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.length + "\r\n").getBytes(UTF_8));
        for (String word : words) {
            byte[] bytes = word.getBytes(UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(UTF_8));
            out.writeBytes(bytes);
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
