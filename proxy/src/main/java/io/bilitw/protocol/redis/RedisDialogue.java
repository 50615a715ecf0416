package io.bilitw.protocol.redis;

import io.bilitw.protocol.ClientFacts;
import io.bilitw.protocol.Coalescer;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.RequestKind;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.ResponseMode;
import io.bilitw.protocol.Split;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One redis client's conversation: whether it has shown its password, what it calls itself, and the
 * way from a request to the answer that the proxy gives itself. Event-loop confined.
 *
 * <p>Anything well-formed is answered, if only with an error that names the command, and the
 * connection stays open: one command too new for the proxy does not cost the client its pipeline.
 */
final class RedisDialogue implements Dialogue {

    private static final Logger log = LoggerFactory.getLogger("client");

    /** How many bytes of a stranger's arguments an error repeats, as redis (server.c). */
    private static final int MAX_REPEATED_BYTES = 128;

    /** Names of what is handed on to another process. */
    private static final String AUTHENTICATED = "authenticated";

    private static final String VERSION = "resp";

    private final RedisSettings settings;
    private final ClientFacts client;
    private final RedisRequestParser parser;
    private final Credentials credentials;
    private final ClientIdentity identity = new ClientIdentity();
    private boolean isAuthenticated;
    private boolean isResp3;

    RedisDialogue(RedisSettings settings, ClientFacts client, RedisRequestParser parser) {
        this.settings = settings;
        this.client = client;
        this.parser = parser;
        this.credentials = new Credentials(settings.password());
        this.isAuthenticated = !credentials.areNeeded();
    }

    @Override
    public Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>(identity.state());
        state.put(AUTHENTICATED, Boolean.toString(isAuthenticated));
        state.put(VERSION, Integer.toString(version()));
        return state;
    }

    /** As in redis, who was let in stays in, whatever the password is now. */
    @Override
    public void restore(Map<String, String> state) {
        identity.restore(state);
        isAuthenticated |= Boolean.parseBoolean(state.get(AUTHENTICATED));
        speak("3".equals(state.get(VERSION)) ? 3 : 2);
    }

    @Override
    public RequestParser parser() {
        return parser;
    }

    @Override
    public int dialect() {
        return isResp3 ? RedisProtocol.RESP3 : RedisProtocol.RESP2;
    }

    @Override
    public Handling handling() {
        RedisCommand command = parser.command();
        if (command != null && parser.hasKeys() && isAuthenticated) {
            Handling handling = command.handling();
            boolean isWhole = handling == Handling.SPLIT && parser.keyCount() == 1;
            return isWhole ? Handling.FORWARD : handling;
        }
        return parser.count() == 0 ? Handling.IGNORE : Handling.ANSWER;
    }

    @Override
    public Split split() {
        RedisCommand command = parser.command();
        if (command == null) {
            throw new IllegalStateException("an unknown command is not split");
        }
        return command.split();
    }

    @Override
    public Coalescer coalescer() {
        throw new IllegalStateException("no command is sent to all servers");
    }

    @Override
    public boolean isShareable() {
        return false; // MGET has no word for a key that is no string
    }

    @Override
    public RequestKind kind() {
        RedisCommand command = parser.command();
        return command == null ? RequestKind.OTHER : command.kind();
    }

    @Override
    public String requestType() {
        RedisCommand command = parser.command();
        return command == null ? "UNKNOWN" : command.requestType();
    }

    @Override
    public ResponseMode responseMode() {
        return ResponseMode.ALWAYS;
    }

    @Override
    public byte @Nullable [] miss(int keys) {
        RedisCommand command = parser.command();
        return command == null ? null : RedisMiss.of(command, keys, parser.count(), isResp3);
    }

    @Override
    public boolean answer(ByteBuf out) {
        RedisCommand command = parser.command();
        if (command == null && isHttp()) {
            refuse(RedisError.HTTP, out);
            return false;
        }
        if (!isAuthenticated
                && (command == null || !command.flags().contains(CommandFlag.NO_AUTH))) {
            return refuse(RedisError.NOT_AUTHENTICATED, out);
        }
        if (command == null) {
            log.debug("unknown command '{}' from client {}", parser.text(0), client);
            return refuse(RedisError.UNKNOWN_COMMAND, out, parser.text(0), repeatedArguments());
        }
        if (!command.acceptsCount(parser.count())) {
            return refuse(RedisError.WRONG_ARITY, out, command.lowerName());
        }
        LocalAnswer answer = command.answerOrNull();
        if (answer != null) {
            return answer.answer(this, parser, out);
        }
        if (command.isRefused()) {
            log.info("unsupported command '{}' from client {}", command.lowerName(), client);
            return refuse(RedisError.UNSUPPORTED_COMMAND, out, command.lowerName());
        }
        String second = parser.count() > 1 ? RedisText.lowerCase(parser.text(1)) : "";
        return refuse(command.keys().complaint(parser), out, command.lowerName(), second);
    }

    /**
     * Tells whether an unknown command is a line of HTTP. A web page can make its reader's browser
     * post commands to any address, one a line, so the connection must end before them, as with
     * redis (server.c:securityWarningCommand); every request of a browser has one of these lines.
     */
    private boolean isHttp() {
        String name = RedisText.lowerCase(parser.text(0));
        return name.equals("post") || name.equals("host:");
    }

    @Override
    public void answerInvalid(ByteBuf out) {
        RedisError.PROTOCOL.write(out, parser.problem());
    }

    /** The first arguments after an unknown command's name, each in quotes and with a blank. */
    private String repeatedArguments() {
        StringBuilder repeated = new StringBuilder();
        int last = Math.min(parser.count(), RedisRequestParser.FEW_ARGUMENTS) - 1;
        for (int i = 1; i <= last && repeated.length() < MAX_REPEATED_BYTES; i++) {
            String argument = parser.text(i);
            int kept = Math.min(argument.length(), MAX_REPEATED_BYTES - repeated.length());
            repeated.append('\'').append(argument, 0, kept).append("' ");
        }
        return repeated.toString();
    }

    /** Appends {@code error} to {@code out}; true, as the connection stays open. */
    boolean refuse(RedisError error, ByteBuf out, String... details) {
        error.write(out, details);
        return true;
    }

    /** What the pool is set to. */
    RedisSettings settings() {
        return settings;
    }

    @Override
    public ClientFacts client() {
        return client;
    }

    /** What the client has told about itself. */
    ClientIdentity identity() {
        return identity;
    }

    /** What the client must show. */
    Credentials credentials() {
        return credentials;
    }

    /** Tells whether the client has shown what it must. */
    boolean isAuthenticated() {
        return isAuthenticated;
    }

    /** Notes whether what the client has shown was right; a wrong password undoes a right one. */
    void authenticated(boolean isRight) {
        isAuthenticated = isRight;
    }

    /** The version of the protocol that the client speaks, 2 or 3. */
    int version() {
        return isResp3 ? 3 : 2;
    }

    /** Goes over to version 2 or 3 of the protocol. */
    void speak(int version) {
        isResp3 = version == 3;
    }

    /** Appends the head of a map: {@code pairs} keys, each with its value behind it, follow. */
    void writeMapHead(ByteBuf out, int pairs) {
        if (isResp3) {
            RedisText.writeMapHead(out, pairs);
        } else {
            RedisText.writeArrayHead(out, 2 * pairs);
        }
    }

    /** Appends null where a bulk string might stand. */
    void writeNull(ByteBuf out) {
        if (isResp3) {
            RedisText.writeResp3Null(out);
        } else {
            RedisText.writeNull(out);
        }
    }

    /** Appends null where an array might stand. */
    void writeNullArray(ByteBuf out) {
        if (isResp3) {
            RedisText.writeResp3Null(out);
        } else {
            RedisText.writeNullArray(out);
        }
    }

    /** Makes the connection as it was when it was new. */
    void reset() {
        isResp3 = false;
        isAuthenticated = !credentials.areNeeded();
        identity.rename("");
    }
}
