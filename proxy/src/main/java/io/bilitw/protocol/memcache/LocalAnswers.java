package io.bilitw.protocol.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.protocol.ProcessFacts;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Map;

/** What the proxy says itself. */
final class LocalAnswers {

    private static final byte[] NOOP = "MN\r\n".getBytes(US_ASCII);
    private static final byte[] END = "END\r\n".getBytes(US_ASCII);

    private LocalAnswers() {}

    /** mn: answered in its turn, so when all that was asked before is. */
    static boolean noop(MemcacheDialogue dialogue, ByteBuf out) {
        out.writeBytes(NOOP);
        return true;
    }

    /** quit: nothing is said; the connection closes when what was asked before is answered. */
    static boolean quit(MemcacheDialogue dialogue, ByteBuf out) {
        return false;
    }

    /** stats: of the proxy, with the names of memcached where it has one for the thing. */
    static boolean stats(MemcacheDialogue dialogue, ByteBuf out) {
        RequestLine asked = dialogue.parser().line();
        if (asked.wordCount() > 1) {
            MemcacheError.UNSUPPORTED_STATS.write(out, asked.word(1));
            return true;
        }
        Map<String, Long> figures = dialogue.client().poolFigures();
        stat(out, "pid", Long.toString(ProcessFacts.pid()));
        stat(out, "uptime", Long.toString(ProcessFacts.uptimeSeconds()));
        stat(out, "time", Long.toString(Instant.now().getEpochSecond()));
        stat(out, "version", dialogue.settings().version());
        stat(out, "pointer_size", "64");
        stat(out, "curr_connections", String.valueOf(figures.get("client_connections")));
        stat(out, "pool", dialogue.settings().poolName());
        figures.forEach((name, value) -> stat(out, name, Long.toString(value)));
        out.writeBytes(END);
        return true;
    }

    private static void stat(ByteBuf out, String name, String value) {
        out.writeCharSequence("STAT " + name + " " + value + "\r\n", ISO_8859_1);
    }
}
