package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ClientFacts;
import io.bilitw.protocol.Coalescer;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Handling;
import io.bilitw.protocol.RequestKind;
import io.bilitw.protocol.ResponseMode;
import io.bilitw.protocol.Split;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One memcached client's conversation, which has no memory: each request stands for itself.
 * Event-loop confined.
 */
final class MemcacheDialogue implements Dialogue {

    private static final Logger log = LoggerFactory.getLogger("client");

    private static final byte[] END = "END\r\n".getBytes(US_ASCII);

    private final MemcacheSettings settings;
    private final ClientFacts client;
    private final MemcacheRequestParser parser = new MemcacheRequestParser();

    MemcacheDialogue(MemcacheSettings settings, ClientFacts client) {
        this.settings = settings;
        this.client = client;
    }

    @Override
    public ClientFacts client() {
        return client;
    }

    @Override
    public Map<String, String> state() {
        return Map.of();
    }

    @Override
    public void restore(Map<String, String> state) {}

    @Override
    public MemcacheRequestParser parser() {
        return parser;
    }

    @Override
    public int dialect() {
        return 0;
    }

    @Override
    public Handling handling() {
        if (parser.isUnwanted()) {
            return Handling.IGNORE;
        }
        MemcacheCommand command = parser.line().command();
        if (command == null || parser.problem() != null) {
            return Handling.ANSWER;
        }
        return switch (command.shape()) {
            case KEYS, EXPIRY_KEYS -> handlingOfKeys();
            case STORE, KEYED, META, META_STORE -> Handling.FORWARD;
            case ANY_SERVER -> Handling.FORWARD_TO_ANY;
            case ALL_SERVERS -> isFlushRefused(command) ? Handling.ANSWER : Handling.BROADCAST;
            case LOCAL, REFUSED -> Handling.ANSWER;
        };
    }

    private Handling handlingOfKeys() {
        return switch (parser.keyCount()) {
            case 0 -> Handling.ANSWER;
            case 1 -> parser.isLong() ? Handling.SPLIT : Handling.FORWARD;
            default -> Handling.SPLIT;
        };
    }

    private boolean isFlushRefused(MemcacheCommand command) {
        return command == MemcacheCommand.FLUSH_ALL && !settings.allowsFlush();
    }

    @Override
    public Split split() {
        MemcacheCommand command = parser.line().command();
        boolean isTouch = command != null && command.shape() == Shape.EXPIRY_KEYS;
        return isTouch ? ValueSplit.GET_AND_TOUCH : ValueSplit.GET;
    }

    @Override
    public Coalescer coalescer() {
        return FirstRefusal.INSTANCE;
    }

    /**
     * A server answers each get with a system call of its own, but all keys of one get with one.
     */
    @Override
    public boolean isShareable() {
        return parser.line().command() == MemcacheCommand.GET;
    }

    @Override
    public RequestKind kind() {
        MemcacheCommand command = parser.line().command();
        return command == null ? RequestKind.OTHER : command.kind();
    }

    @Override
    public String requestType() {
        MemcacheCommand command = parser.line().command();
        return command == null ? "UNKNOWN" : command.requestType();
    }

    @Override
    public ResponseMode responseMode() {
        if (parser.line().isWithoutReply()) {
            return ResponseMode.NEVER;
        }
        return parser.line().isQuiet() ? ResponseMode.QUIET : ResponseMode.ALWAYS;
    }

    @Override
    public byte @Nullable [] miss(int keys) {
        MemcacheCommand command = parser.line().command();
        if (command == null) {
            return null;
        }
        if (command.takesManyKeys()) {
            return END;
        }
        return command == MemcacheCommand.MG ? metaMiss() : null;
    }

    /** EN, and what the client has asked to find again in any response: its opaque, the key. */
    private byte[] metaMiss() {
        StringBuilder miss = new StringBuilder("EN");
        for (int i = 2; i < parser.line().wordCount(); i++) {
            String flag = parser.line().word(i);
            if (flag.startsWith("O")) {
                miss.append(' ').append(flag);
            } else if (flag.startsWith("k")) {
                miss.append(" k")
                        .append(parser.line().word(1))
                        .append(parser.line().isBinaryKey() ? " b" : "");
            }
        }
        return miss.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    @Override
    public boolean answer(ByteBuf out) {
        if (parser.line().isHttp()) {
            // a web page must not be able to send commands through its reader's browser
            return false;
        }
        MemcacheCommand command = parser.line().command();
        MemcacheError problem = parser.problem();
        if (problem != null || command == null) {
            return refuse(problem == null ? MemcacheError.UNKNOWN_COMMAND : problem, out);
        }
        LocalAnswer answer = command.answerOrNull();
        if (answer != null) {
            return answer.answer(this, out);
        }
        if (command.takesManyKeys()) {
            out.writeBytes(END); // none of the keys it names is there, as it names none
            return true;
        }
        if (isFlushRefused(command)) {
            return refuse(MemcacheError.FLUSH_NOT_ALLOWED, out);
        }
        log.info("unsupported command '{}' from client {}", command.lowerName(), client);
        return refuse(MemcacheError.UNSUPPORTED_COMMAND, out, command.lowerName());
    }

    @Override
    public void answerInvalid(ByteBuf out) {
        MemcacheError problem = parser.problem();
        refuse(problem == null ? MemcacheError.UNKNOWN_COMMAND : problem, out);
    }

    /** Appends {@code error} to {@code out}; true, as the connection stays open. */
    private static boolean refuse(MemcacheError error, ByteBuf out, String... details) {
        error.write(out, details);
        return true;
    }

    /** What the pool is set to. */
    MemcacheSettings settings() {
        return settings;
    }
}
