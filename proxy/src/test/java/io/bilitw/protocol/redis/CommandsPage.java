package io.bilitw.protocol.redis;

import io.bilitw.protocol.Handling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Prints {@code docs/commands.md} from the table of commands. */
final class CommandsPage {

    private static final String HEAD =
            """
            # Redis commands

            <!-- Printed from RedisCommand; do not edit. See CommandsPageTest. -->

            What becomes of every redis command, up to redis 8.8 and with its modules. "Arguments" counts what follows the command's name;
            `2+` is two or more. Keys are named by the number of the argument, the first being 1.

            A command that is not listed, or is refused, or has a wrong number of arguments, is answered with an error that names it; the
            connection stays open, and what is asked before and after it is answered as ever.

            """;

    private static final String SPLIT =
            """
            ## Split over servers

            Each server gets one request for the keys that it holds, and the responses are joined. The parts are not one atomic action. If
            one part fails, the client gets one error, `-ERR Invalid argument` where a server answered with one; the other parts have been done nevertheless. With one key they are like any
            other command.

            """;

    private static final String ANSWERED =
            """
            ## Answered by the proxy

            No server hears of these. `HELLO` takes 2 and 3, and refuses others with `NOPROTO`. `SELECT` takes 0 and the pool's own `redis_db`; `INFO` tells what the proxy knows; `CONFIG GET` finds nothing; a client sees
            itself alone in `CLIENT LIST`. Subcommands are listed by `HELP`, for example `CLIENT HELP`.

            """;

    private static final String FORWARDED =
            """
            ## Sent to the server of their keys

            If a command names several keys, all must be on one server; else it is answered with a `CROSSSLOT` error. A hash tag
            (`hash_tag` of the pool) puts keys on one server. Scripts and functions go by their first key alone.

            """;

    private static final String REFUSED =
            """
            ## Refused

            These would need all servers at once, or one server connection for the client alone, or are an operator's. `XREAD` and
            `XREADGROUP` are refused with the option `BLOCK` only.

            """;

    private CommandsPage() {}

    static String print() {
        return HEAD
                + SPLIT
                + table(row -> row.handling() == Handling.SPLIT)
                + "\n"
                + ANSWERED
                + names(row -> row.answerOrNull() != null)
                + "\n"
                + FORWARDED
                + table(row -> row.handling() == Handling.FORWARD)
                + "\n"
                + REFUSED
                + names(RedisCommand::isRefused);
    }

    private static String table(Predicate<RedisCommand> wanted) {
        return rows(wanted).stream()
                .map(CommandsPage::line)
                .collect(
                        Collectors.joining(
                                "",
                                "| Command | Arguments | Keys | Access |\n|---|---|---|---|\n",
                                ""));
    }

    private static String line(RedisCommand row) {
        int least = Math.abs(row.arity()) - 1;
        String arguments = least + (row.arity() < 0 ? "+" : "");
        String access = row.flags().contains(CommandFlag.WRITE) ? "write" : "read";
        return "| "
                + name(row)
                + " | "
                + arguments
                + " | "
                + row.keys().description()
                + " | "
                + access
                + " |\n";
    }

    private static String names(Predicate<RedisCommand> wanted) {
        return rows(wanted).stream()
                .map(CommandsPage::name)
                .collect(Collectors.joining(", ", "", ".\n"));
    }

    private static String name(RedisCommand row) {
        return "`" + row.lowerName().toUpperCase(Locale.ROOT) + "`";
    }

    private static List<RedisCommand> rows(Predicate<RedisCommand> wanted) {
        return Arrays.stream(RedisCommand.values())
                .filter(wanted)
                .sorted(Comparator.comparing(RedisCommand::lowerName))
                .toList();
    }
}
