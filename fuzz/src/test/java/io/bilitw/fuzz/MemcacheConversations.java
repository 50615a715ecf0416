package io.bilitw.fuzz;

import io.bilitw.fuzz.Conversation.Flags;
import io.bilitw.fuzz.Conversation.Turn;
import java.util.List;

/** What clients of memcached say, of each kind of command a little. */
final class MemcacheConversations {

    private static final Flags PLAIN = new Flags(0b011, 0b0);
    private static final Flags WITH_FLUSH = new Flags(0b110, 0b1);

    /** All of them. */
    static final List<Conversation> ALL =
            List.of(
                    Conversation.of(
                            "storage",
                            PLAIN,
                            new Turn("set a 1 0 5\r\nhello\r\n", 1),
                            new Turn("add a 1 0 1\r\nx\r\n", 1),
                            new Turn("replace b 1 0 1\r\nx\r\n", 1),
                            new Turn("append a 0 0 3\r\n...\r\n", 1),
                            new Turn("prepend a 0 -1 0\r\n\r\n", 1),
                            new Turn("cas a 0 0 1 12345\r\nx\r\n", 1),
                            new Turn("cas none 0 0 1 1\r\nx\r\n", 1)),
                    Conversation.of(
                            "retrieval",
                            PLAIN,
                            new Turn("set a 1 0 1\r\n1\r\nset b 2 100 0\r\n\r\n", 2),
                            new Turn("get a\r\n", 1),
                            new Turn("get none\r\n", 1),
                            new Turn("get a none b  a \r\n", 1),
                            new Turn("gets a b\r\n", 1),
                            new Turn("gat 100 a b\r\n", 1),
                            new Turn("gats 100 a\n", 1),
                            new Turn("get a\r\nget b\r\nget none\r\nget a b\r\n", 4),
                            new Turn("get" + " key:12345".repeat(250) + "\r\n", 1)),
                    Conversation.inLines(
                            "numbers-and-others",
                            WITH_FLUSH,
                            """
                            incr none 1
                            delete none
                            touch none 10
                            version
                            verbosity 0
                            flush_all
                            flush_all 10
                            mn
                            nosuch command
                            get\
                            """),
                    Conversation.of(
                            "counters",
                            PLAIN,
                            new Turn("set n 0 0 2\r\n10\r\n", 1),
                            new Turn("incr n 5\r\n", 1),
                            new Turn("decr n 14\r\n", 1),
                            new Turn("incr n x\r\n", 1),
                            new Turn("touch n 100\r\n", 1),
                            new Turn("delete n 0\r\n", 1)),
                    Conversation.of(
                            "noreply",
                            WITH_FLUSH,
                            new Turn("set a 0 0 1 noreply\r\nx\r\n", 0),
                            new Turn("incr a 1 noreply\r\n", 0),
                            new Turn("touch a 10 noreply\r\n", 0),
                            new Turn("delete a noreply\r\n", 0),
                            new Turn("flush_all noreply\r\nversion\r\n", 1)),
                    Conversation.of(
                            "meta",
                            PLAIN,
                            new Turn("ms a 5 T100 F7 c\r\nhello\r\n", 1),
                            new Turn("mg a v f t c s k O123\r\n", 1),
                            new Turn("mg none v\r\n", 1),
                            new Turn("mg none v q\r\nmg a v q k\r\nmn\r\n", 2),
                            new Turn("ma n N0 J10 v\r\n", 1),
                            new Turn("ma n D3 q\r\nmn\r\n", 1),
                            new Turn("me a\r\n", 1),
                            new Turn("me none\r\n", 1),
                            new Turn("mg YQ== b v k\r\n", 1),
                            new Turn("ms YmluYXJ5 1 b k\r\nx\r\n", 1),
                            new Turn("md a I T30\r\n", 1),
                            new Turn("md none q\r\nmn\r\n", 2)),
                    Conversation.of(
                            "faults",
                            PLAIN,
                            new Turn("get " + "k".repeat(251) + "\r\n", 1),
                            new Turn("set a 0 0 5\r\ntoolong\r\n", 2),
                            new Turn("set a 0 0\r\n", 1),
                            new Turn("set a x 0 1\r\ny\r\n", 2),
                            new Turn("\r\n", 1),
                            new Turn("mg\r\n", 1)),
                    Conversation.of(
                            "long-value",
                            PLAIN,
                            new Turn("set big 0 0 3000\r\n" + "0123456789".repeat(300) + "\r\n", 1),
                            new Turn("get big\r\nmg big v\r\n", 2)));

    private MemcacheConversations() {}
}
