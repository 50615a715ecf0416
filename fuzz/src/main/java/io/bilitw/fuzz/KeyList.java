package io.bilitw.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.RequestParser;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a request, copied.
 *
 * @param keys each of them, byte for byte
 */
record KeyList(List<String> keys) {

    /** The keys that {@code parser} has found, each of which must lie where the parser says. */
    @SuppressWarnings("ReferenceEquality") // in which buffer they lie, not what is in it
    static KeyList of(RequestParser parser) {
        ByteBuf source = parser.keySource();
        boolean areInRequest = source == parser.source();
        int min = areInRequest ? parser.start() : source.readerIndex();
        int max = areInRequest ? min + parser.length() : source.writerIndex();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < parser.keyCount(); i++) {
            int from = parser.keyFrom(i);
            int to = parser.keyTo(i);
            Law.hold(
                    min <= from && from <= to && to <= max,
                    "key %d from %d to %d, not in %d to %d",
                    i,
                    from,
                    to,
                    min,
                    max);
            keys.add(source.toString(from, to - from, ISO_8859_1));
        }
        return new KeyList(keys);
    }

    /** How many there are. */
    int count() {
        return keys.size();
    }

    /** The first of them alone. */
    KeyList first() {
        return new KeyList(keys.subList(0, 1));
    }
}
