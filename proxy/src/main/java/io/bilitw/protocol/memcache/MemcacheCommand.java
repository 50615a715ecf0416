package io.bilitw.protocol.memcache;

import static io.bilitw.protocol.memcache.Shape.ALL_SERVERS;
import static io.bilitw.protocol.memcache.Shape.ANY_SERVER;
import static io.bilitw.protocol.memcache.Shape.EXPIRY_KEYS;
import static io.bilitw.protocol.memcache.Shape.KEYED;
import static io.bilitw.protocol.memcache.Shape.KEYS;
import static io.bilitw.protocol.memcache.Shape.META;
import static io.bilitw.protocol.memcache.Shape.META_STORE;
import static io.bilitw.protocol.memcache.Shape.REFUSED;
import static io.bilitw.protocol.memcache.Shape.STORE;

import io.bilitw.protocol.RequestKind;
import io.bilitw.protocol.WordIndex;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The commands of memcached 1.6, one row a command: how many words its line has, the name included,
 * and what it is made of. Names are in lower case, and only so.
 *
 * <p>The numbers of words are memcached's own (proto_text.c:process_command_ascii); a test compares
 * them with a real server, and {@code docs/memcached.md} is printed from here.
 */
enum MemcacheCommand {
    // Values
    GET(2, KEYS, "get KEY..."),
    GETS(2, KEYS, "gets KEY..."),
    GAT(2, EXPIRY_KEYS, "gat EXPIRY KEY..."),
    GATS(2, EXPIRY_KEYS, "gats EXPIRY KEY..."),
    SET(5, 6, STORE, "set KEY FLAGS EXPIRY LENGTH [noreply]"),
    ADD(5, 6, STORE, "add KEY FLAGS EXPIRY LENGTH [noreply]"),
    REPLACE(5, 6, STORE, "replace KEY FLAGS EXPIRY LENGTH [noreply]"),
    APPEND(5, 6, STORE, "append KEY FLAGS EXPIRY LENGTH [noreply]"),
    PREPEND(5, 6, STORE, "prepend KEY FLAGS EXPIRY LENGTH [noreply]"),
    CAS(6, 7, STORE, "cas KEY FLAGS EXPIRY LENGTH CAS [noreply]"),
    DELETE(2, 4, KEYED, "delete KEY [0] [noreply]"),
    INCR(3, 4, KEYED, "incr KEY NUMBER [noreply]"),
    DECR(3, 4, KEYED, "decr KEY NUMBER [noreply]"),
    TOUCH(3, 4, KEYED, "touch KEY EXPIRY [noreply]"),

    // Meta commands
    MG(2, META, "mg KEY FLAG..."),
    MS(2, META_STORE, "ms KEY LENGTH FLAG..."),
    MD(2, META, "md KEY FLAG..."),
    MA(2, META, "ma KEY FLAG..."),
    ME(1, META, "me KEY [b]"),
    MN("mn", LocalAnswers::noop),

    // Servers
    VERSION(1, ANY_SERVER, "version"),
    FLUSH_ALL(1, 3, ALL_SERVERS, "flush_all [DELAY] [noreply]"),
    VERBOSITY(2, 3, ALL_SERVERS, "verbosity LEVEL [noreply]"),

    // The proxy
    STATS("stats", LocalAnswers::stats),
    QUIT("quit", LocalAnswers::quit),

    // The operator of one server
    CACHE_MEMLIMIT,
    EXTSTORE,
    LRU,
    LRU_CRAWLER,
    REFRESH_CERTS,
    SHUTDOWN,
    SLABS,
    WATCH;

    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private static final WordIndex<MemcacheCommand> INDEX =
            new WordIndex<>(List.of(values()), MemcacheCommand::lowerName, false);

    private final String lowerName = name().toLowerCase(Locale.ROOT);
    private final String requestType = "REQ_MC_" + name();
    private final int minWords;
    private final int maxWords;
    private final Shape shape;
    private final String usage;
    private final int keyAt;
    private final RequestKind kind;
    private final @Nullable LocalAnswer answer;

    MemcacheCommand(int minWords, int maxWords, Shape shape, String usage) {
        this(minWords, maxWords, shape, usage, null);
    }

    MemcacheCommand(int minWords, Shape shape, String usage) {
        this(minWords, ANY_NUMBER, shape, usage, null);
    }

    MemcacheCommand(String usage, LocalAnswer answer) {
        this(1, ANY_NUMBER, Shape.LOCAL, usage, answer);
    }

    MemcacheCommand() {
        this(1, ANY_NUMBER, REFUSED, "", null);
    }

    MemcacheCommand(
            int minWords, int maxWords, Shape shape, String usage, @Nullable LocalAnswer answer) {
        this.minWords = minWords;
        this.maxWords = maxWords;
        this.shape = shape;
        this.usage = usage;
        this.answer = answer;
        keyAt = shape == EXPIRY_KEYS ? 2 : 1;
        kind = kindOf(name(), shape);
    }

    /** The command whose name is {@code in[from, from + bytes)}; else null. */
    static @Nullable MemcacheCommand find(ByteBuf in, int from, int bytes) {
        return INDEX.find(in, from, bytes);
    }

    /** The name on the wire. */
    String lowerName() {
        return lowerName;
    }

    /** The name as twemproxy writes it, for example {@code REQ_MC_GET}. */
    String requestType() {
        return requestType;
    }

    /** Tells whether a line may have {@code words} words, the name included. */
    boolean acceptsWords(int words) {
        return words >= minWords && words <= maxWords;
    }

    /** What it is for. */
    RequestKind kind() {
        return kind;
    }

    private static RequestKind kindOf(String name, Shape shape) {
        return switch (shape) {
            case KEYS, EXPIRY_KEYS -> RequestKind.GET;
            case STORE, KEYED, META_STORE, ALL_SERVERS -> RequestKind.WRITE;
            case META ->
                    name.equals("MG") || name.equals("ME") ? RequestKind.READ : RequestKind.WRITE;
            case ANY_SERVER, LOCAL, REFUSED -> RequestKind.OTHER;
        };
    }

    /** What the line is made of. */
    Shape shape() {
        return shape;
    }

    /** The line as a person would write it down; empty for a command that is refused. */
    String usage() {
        return usage;
    }

    /** Number of the word that is the first key. */
    int keyAt() {
        return keyAt;
    }

    /** Tells whether a line may have as many keys as it likes. */
    boolean takesManyKeys() {
        return shape == KEYS || shape == EXPIRY_KEYS;
    }

    /** How the proxy answers from what it knows; null if it does not. */
    @Nullable LocalAnswer answerOrNull() {
        return answer;
    }
}
