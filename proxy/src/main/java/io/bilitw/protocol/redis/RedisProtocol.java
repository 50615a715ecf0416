package io.bilitw.protocol.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.protocol.ClientFacts;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Handshake;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.ResponseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The redis protocol, RESP2, for one pool. */
public final class RedisProtocol implements Protocol {

    private final RedisSettings settings;
    private final Handshake handshake;

    /** Speaks redis as {@code settings} say. */
    public RedisProtocol(RedisSettings settings) {
        this.settings = settings;
        handshake = handshakeOf(settings);
    }

    @Override
    public Dialogue newDialogue(ClientFacts client) {
        return new RedisDialogue(settings, client, new RedisRequestParser());
    }

    @Override
    public ResponseParser newResponseParser() {
        return new RedisResponseParser();
    }

    @Override
    public Handshake handshake() {
        return handshake;
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
    public void writeTooManyClients(ByteBuf out) {
        ByteBufUtil.writeUtf8(out, "-ERR max number of clients reached\r\n");
    }

    /**
     * First the password, then the database: the other way round the server refuses the database.
     */
    private static Handshake handshakeOf(RedisSettings settings) {
        List<Handshake.Step> steps = new ArrayList<>();
        String password = settings.password();
        if (password != null) {
            steps.add(new Handshake.Step("AUTH", request("AUTH", password)));
        }
        if (settings.database() > 0) {
            String number = Integer.toString(settings.database());
            steps.add(new Handshake.Step("SELECT " + number, request("SELECT", number)));
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
