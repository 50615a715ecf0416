package io.bilitw.protocol.memcache;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Prints {@code docs/memcached.md} from the table of commands. */
final class MemcachePage {

    private static final String HEAD =
            """
            # memcached commands

            <!-- Printed from MemcacheCommand; do not edit. See MemcachePageTest. -->

            What becomes of every command of memcached's text protocol, classic and meta, up to memcached 1.6. Names are in lower case.

            """;

    private static final String REFUSED =
            """

            ## Refused

            These are for the operator of one server. They get `CLIENT_ERROR unsupported command '...'`, and the connection stays open:
            """;

    private static final String TAIL =
            """

            Anything else gets `ERROR`, as from memcached, and so does a line with more or fewer words than the command has. The
            connection stays open. A line of HTTP ends it without a word; the binary protocol and a line that does not end, after an error.

            ## Responses that may not come

            A request with `noreply` has no response, whatever happens to it. Nothing waits for it: a server that hangs delays no other
            answer. A meta command with the flag `q` is answered only when its server says something unusual, each answer in its
            place. `mn` is answered when all that was asked before is. A client sees the very responses that one memcached would give.

            ## Limits

            | what | limit | beyond it |
            |---|---|---|
            | key | 250 bytes | `CLIENT_ERROR bad command line format` |
            | line | 2048 bytes; 2 MiB if it reads many keys | `CLIENT_ERROR line too long`, and the connection ends |
            | value | 1 GiB, and what the server takes | `SERVER_ERROR object too large for cache` |
            | flags | 0 to 4294967295 | `CLIENT_ERROR bad command line format` |
            | flags of a meta command | 16 of `ms`, else what the server takes | `CLIENT_ERROR options flags too long` |

            A key in base64 that has a line feed in it cannot be asked back with the flag `k`, nor by `me`: memcached may write it as it
            is, and so break its own response in two. Such a line gets `CLIENT_ERROR bad command line format`; an opaque does as well.

            The data block behind a line that is refused is skipped if its length is a good one, so it is never taken for commands.

            ## When a server fails

            Its requests get `SERVER_ERROR` and why: `Connection refused` (also when all servers are ejected), `Connection timed out`,
            `Connection reset by peer`, `unknown` (the server closed in good order), `Invalid argument` (it spoke out of turn, or
            refused its part of a read of many keys), `Host is down` (its name is not known). The connection stays open. A read of many keys
            fails as a whole, once. With `on_failure: miss` in the pool a failed server's keys are not found instead: `get`, `gets`, `gat`,
            `gats` answer without them, `mg` with `EN`. Writes fail in any case.

            ## What twemproxy does differently

            It closes the connection, without an answer, at any command or line that it does not know, and after a read of many keys
            that fails. It knows no `gat`, `gats`, `flush_all`, `verbosity`, `stats` and no meta commands, no negative time to live,
            no `delete KEY 0`. Values of a joined read may come in another order from it when keys are missing.
            """;

    private MemcachePage() {}

    static String print() {
        return HEAD
                + "| Request line | What becomes of it |\n|---|---|\n"
                + Arrays.stream(MemcacheCommand.values())
                        .filter(row -> row.shape() != Shape.REFUSED)
                        .map(row -> "| `" + row.usage() + "` | " + fate(row) + " |\n")
                        .collect(Collectors.joining())
                + REFUSED
                + Arrays.stream(MemcacheCommand.values())
                        .filter(row -> row.shape() == Shape.REFUSED)
                        .map(row -> "`" + row.lowerName() + "`")
                        .collect(Collectors.joining(", ", "", ".\n"))
                + TAIL;
    }

    private static String fate(MemcacheCommand row) {
        return switch (row.shape()) {
            case KEYS, EXPIRY_KEYS ->
                    "Split over the servers of its keys; the values are joined in the order asked,"
                            + " with one `END`.";
            case STORE -> "Sent to the server of its key, with the data block behind it.";
            case META_STORE ->
                    "Sent to the server of its key, with the data block behind it; base64 keys are"
                            + " decoded first.";
            case KEYED -> "Sent to the server of its key.";
            case META -> "Sent to the server of its key; base64 keys are decoded first.";
            case ANY_SERVER ->
                    "Sent to one server, that of the key `placeholder` unless it has just failed.";
            case ALL_SERVERS ->
                    row == MemcacheCommand.FLUSH_ALL
                            ? "Sent to all servers if the pool says `allow_flush: true`, else"
                                    + " refused; `OK` if all say so."
                            : "Sent to all servers; `OK` if all say so.";
            case LOCAL -> "Answered by the proxy" + detail(row) + ".";
            case REFUSED -> "Refused.";
        };
    }

    private static String detail(MemcacheCommand row) {
        return switch (row) {
            case MN -> " when all that was asked before is answered";
            case STATS ->
                    " with what it knows of itself and its pool; `stats items` and the like are"
                            + " refused";
            case QUIT -> ": it closes the connection when all that was asked before is answered";
            default -> "";
        };
    }
}
