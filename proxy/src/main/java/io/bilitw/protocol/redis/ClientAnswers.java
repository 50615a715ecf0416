package io.bilitw.protocol.redis;

import io.bilitw.protocol.ClientFacts;
import io.netty.buffer.ByteBuf;

/** The answers to CLIENT. A client sees itself alone, as other clients may be other workers'. */
final class ClientAnswers {

    /** CLIENT subcommand. */
    static final LocalAnswer CLIENT =
            new Subcommands(
                    "client",
                    new Subcommand(
                            "getname", 2, "GETNAME: the connection's name.", ClientAnswers::name),
                    new Subcommand("id", 2, "ID: the connection's number.", ClientAnswers::id),
                    new Subcommand("info", 2, "INFO: this connection.", ClientAnswers::info),
                    new Subcommand("list", -2, "LIST: this connection.", ClientAnswers::list),
                    new Subcommand(
                            "no-evict", 3, "NO-EVICT (ON|OFF): no effect.", ClientAnswers::onOrOff),
                    new Subcommand(
                            "no-touch", 3, "NO-TOUCH (ON|OFF): no effect.", ClientAnswers::onOrOff),
                    new Subcommand(
                            "setinfo",
                            4,
                            "SETINFO (LIB-NAME|LIB-VER) <value>: notes the client library.",
                            ClientAnswers::setInfo),
                    new Subcommand(
                            "setname",
                            3,
                            "SETNAME <name>: names the connection.",
                            ClientAnswers::setName));

    private ClientAnswers() {}

    private static boolean id(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeInteger(out, dialogue.client().id());
        return true;
    }

    private static boolean name(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        String name = dialogue.identity().name();
        if (name.isEmpty()) {
            dialogue.writeNull(out);
        } else {
            RedisText.writeBulk(out, name);
        }
        return true;
    }

    private static boolean setName(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        String name = arguments.text(2);
        RedisError complaint = ClientIdentity.complaint(name);
        if (complaint != null) {
            return dialogue.refuse(complaint, out, "Client names");
        }
        dialogue.identity().rename(name);
        return ConnectionAnswers.ok(dialogue, arguments, out);
    }

    private static boolean setInfo(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        boolean isName = arguments.is(2, "lib-name");
        String value = arguments.text(3);
        RedisError complaint = ClientIdentity.complaint(value);
        if (!isName && !arguments.is(2, "lib-ver")) {
            return dialogue.refuse(RedisError.UNKNOWN_OPTION, out, arguments.text(2));
        } else if (complaint != null) {
            return dialogue.refuse(complaint, out, isName ? "lib-name" : "lib-ver");
        } else if (isName) {
            dialogue.identity().libraryIs(value);
        } else {
            dialogue.identity().libraryVersionIs(value);
        }
        return ConnectionAnswers.ok(dialogue, arguments, out);
    }

    private static boolean onOrOff(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        if (!arguments.is(2, "on") && !arguments.is(2, "off")) {
            return dialogue.refuse(RedisError.SYNTAX, out);
        }
        return ConnectionAnswers.ok(dialogue, arguments, out);
    }

    private static boolean info(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeBulk(out, line(dialogue));
        return true;
    }

    /** LIST [TYPE type] [ID number ...]: this client, unless the options leave it out. */
    private static boolean list(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        boolean isListed = arguments.count() == 2;
        if (arguments.count() == 4 && arguments.is(2, "type")) {
            isListed = arguments.is(3, "normal");
        } else if (arguments.count() > 3 && arguments.is(2, "id")) {
            isListed = namesId(dialogue.client().id(), arguments);
        } else if (!isListed) {
            return dialogue.refuse(RedisError.SYNTAX, out);
        }
        RedisText.writeBulk(out, isListed ? line(dialogue) : "");
        return true;
    }

    private static boolean namesId(long id, RedisArguments arguments) {
        for (int i = 3; i < arguments.count(); i++) {
            if (arguments.number(i) == id) {
                return true;
            }
        }
        return false;
    }

    /**
     * The line as redis 7.2 has it, whole, for redis-py fails over one that lacks a number; what
     * only a server could count is 0.
     */
    private static String line(RedisDialogue dialogue) {
        ClientFacts client = dialogue.client();
        ClientIdentity identity = dialogue.identity();
        return ("id=" + client.id())
                + (" addr=" + client.remoteAddress())
                + (" laddr=" + client.localAddress())
                + (" name=" + identity.name())
                + (" age=" + client.ageSeconds())
                + " idle=0 flags=N"
                + (" db=" + dialogue.settings().database())
                + " sub=0 psub=0 ssub=0 multi=-1 qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0"
                + " rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=0 events=r cmd=client"
                + " user=default redir=-1"
                + (" resp=" + dialogue.version())
                + (" lib-name=" + identity.libraryName())
                + (" lib-ver=" + identity.libraryVersion())
                + "\n";
    }
}
