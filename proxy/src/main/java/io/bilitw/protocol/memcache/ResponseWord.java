package io.bilitw.protocol.memcache;

import io.bilitw.protocol.WordIndex;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that a response of a server begins with; apart from them there are bare numbers. */
enum ResponseWord {
    /** A value follows, and then more of them or END. */
    VALUE,
    /** A value follows, and nothing else. */
    VA,
    END,
    STORED,
    NOT_STORED,
    EXISTS,
    NOT_FOUND,
    DELETED,
    TOUCHED,
    OK,
    VERSION,
    HD,
    EN,
    NS,
    EX,
    NF,
    ME,
    MN,
    ERROR,
    CLIENT_ERROR,
    SERVER_ERROR;

    private static final WordIndex<ResponseWord> INDEX =
            new WordIndex<>(List.of(values()), ResponseWord::name, false);

    /** The word that is {@code in[from, from + bytes)}; null if there is none. */
    static @Nullable ResponseWord find(ByteBuf in, int from, int bytes) {
        return INDEX.find(in, from, bytes);
    }

    /** Tells whether it begins an error. */
    boolean isError() {
        return this == ERROR || this == CLIENT_ERROR || this == SERVER_ERROR;
    }
}
