package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command whose first argument says what to do: a table, and HELP printed from it.
 */
final class Subcommands implements LocalAnswer {

    private final String command;
    private final List<Subcommand> rows;

    /** Answers {@code command}, named in lower case, as {@code rows} say. */
    Subcommands(String command, Subcommand... rows) {
        this.command = command;
        this.rows = List.of(rows);
    }

    @Override
    public boolean answer(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        Subcommand row = find(arguments);
        if (row != null) {
            return row.acceptsCount(arguments.count())
                    ? row.answer().answer(dialogue, arguments, out)
                    : dialogue.refuse(RedisError.SUBCOMMAND_ARITY, out, command, row.name());
        }
        if (arguments.is(1, "help")) {
            writeHelp(out);
            return true;
        }
        return dialogue.refuse(
                RedisError.UNSUPPORTED_SUBCOMMAND,
                out,
                command,
                RedisText.lowerCase(arguments.text(1)));
    }

    private @Nullable Subcommand find(RedisArguments arguments) {
        for (Subcommand row : rows) {
            if (arguments.is(1, row.name())) {
                return row;
            }
        }
        return null;
    }

    private void writeHelp(ByteBuf out) {
        RedisText.writeArrayHead(out, rows.size() + 1);
        RedisText.writeStatus(
                out,
                command.toUpperCase(Locale.ROOT)
                        + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
        for (Subcommand row : rows) {
            RedisText.writeStatus(out, row.help());
        }
    }
}
