package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to COMMAND, all from the rows of {@link RedisCommand} that a client can use here. */
final class CommandAnswers {

    /** Values in the description of one command, as of redis 7. */
    private static final int INFO_VALUES = 10;

    private static final List<RedisCommand> USABLE = usable();

    private static final LocalAnswer SUBCOMMANDS =
            new Subcommands(
                    "command",
                    new Subcommand(
                            "count",
                            2,
                            "COUNT: how many commands there are.",
                            CommandAnswers::count),
                    new Subcommand(
                            "docs",
                            -2,
                            "DOCS [<name> ...]: what commands do.",
                            CommandAnswers::docs),
                    new Subcommand(
                            "getkeys",
                            -3,
                            "GETKEYS <command> [<arg> ...]: which arguments are keys.",
                            CommandAnswers::getKeys),
                    new Subcommand(
                            "info",
                            -2,
                            "INFO [<name> ...]: arity, flags, keys.",
                            CommandAnswers::info),
                    new Subcommand(
                            "list", 2, "LIST: the names of all commands.", CommandAnswers::list));

    private CommandAnswers() {}

    private static List<RedisCommand> usable() {
        List<RedisCommand> usable = new ArrayList<>(List.of(RedisCommand.values()));
        usable.removeIf(RedisCommand::isRefused);
        return usable;
    }

    /** COMMAND [subcommand]. */
    static boolean command(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        return arguments.count() == 1
                ? info(dialogue, arguments, out)
                : SUBCOMMANDS.answer(dialogue, arguments, out);
    }

    private static boolean count(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeInteger(out, USABLE.size());
        return true;
    }

    private static boolean list(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeArrayHead(out, USABLE.size());
        for (RedisCommand row : USABLE) {
            RedisText.writeBulk(out, row.lowerName());
        }
        return true;
    }

    private static boolean info(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        List<@Nullable RedisCommand> rows = named(arguments);
        RedisText.writeArrayHead(out, rows.size());
        for (RedisCommand row : rows) {
            if (row == null) {
                dialogue.writeNullArray(out);
            } else {
                writeInfo(row, out);
            }
        }
        return true;
    }

    /**
     * The commands that the arguments name, null where they name none; all if there are no names.
     */
    private static List<@Nullable RedisCommand> named(RedisArguments arguments) {
        if (arguments.count() <= 2) {
            return new ArrayList<>(USABLE);
        }
        List<@Nullable RedisCommand> rows = new ArrayList<>();
        for (int i = 2; i < arguments.count(); i++) {
            RedisCommand row = find(arguments, i);
            rows.add(row != null && row.isRefused() ? null : row);
        }
        return rows;
    }

    private static @Nullable RedisCommand find(RedisArguments arguments, int index) {
        int from = arguments.from(index);
        return RedisCommand.find(arguments.source(), from, arguments.to(index) - from);
    }

    private static void writeInfo(RedisCommand row, ByteBuf out) {
        KeySpec keys = row.keys();
        RedisText.writeArrayHead(out, INFO_VALUES);
        RedisText.writeBulk(out, row.lowerName());
        RedisText.writeInteger(out, row.arity());
        RedisText.writeArrayHead(out, row.flags().size() + (keys.isMovable() ? 1 : 0));
        for (CommandFlag flag : row.flags()) {
            RedisText.writeStatus(out, flag.wireName());
        }
        if (keys.isMovable()) {
            RedisText.writeStatus(out, "movablekeys");
        }
        RedisText.writeInteger(out, keys.first());
        RedisText.writeInteger(out, keys.last());
        RedisText.writeInteger(out, keys.step());
        for (int i = 6; i < INFO_VALUES; i++) { // categories, tips, key specifications, subcommands
            RedisText.writeArrayHead(out, 0);
        }
    }

    private static boolean docs(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        List<@Nullable RedisCommand> rows = named(arguments);
        rows.removeIf(row -> row == null);
        dialogue.writeMapHead(out, rows.size());
        for (RedisCommand row : rows) {
            if (row != null) {
                RedisText.writeBulk(out, row.lowerName());
                dialogue.writeMapHead(out, 2);
                RedisText.writeBulk(out, "summary");
                RedisText.writeBulk(out, row.summary());
                RedisText.writeBulk(out, "group");
                RedisText.writeBulk(out, "generic");
            }
        }
        return true;
    }

    private static boolean getKeys(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisCommand row = find(arguments, 2);
        if (row == null) {
            return dialogue.refuse(RedisError.INVALID_COMMAND, out);
        } else if (row.keys().equals(KeyRange.NONE)) {
            return dialogue.refuse(RedisError.NO_KEYS, out);
        }
        RedisArguments asked = new ArgumentsFrom(arguments, 2);
        KeyList keys = new KeyList();
        if (!row.acceptsCount(asked.count())) {
            return dialogue.refuse(RedisError.INVALID_ARGUMENT_COUNT, out);
        } else if (!row.keys().findAll(asked, keys)) {
            return dialogue.refuse(RedisError.INVALID_ARGUMENTS, out);
        }
        RedisText.writeArrayHead(out, keys.size());
        for (int i = 0; i < keys.size(); i++) {
            int key = keys.get(i);
            RedisText.writeBulk(out, asked.source(), asked.from(key), asked.to(key));
        }
        return true;
    }
}
