package io.bilitw.protocol.redis;

import io.netty.buffer.ByteBuf;

/** The answers about the connection itself: who the client is, and whether anybody is there. */
final class ConnectionAnswers {

    /** What the answer to HELLO holds: so many names with their values. */
    private static final int HELLO_PAIRS = 7;

    private ConnectionAnswers() {}

    /** AUTH password, AUTH user password (texts: twemproxy nc_redis.c:redis_handle_auth_req). */
    static boolean auth(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        Credentials credentials = dialogue.credentials();
        if (arguments.count() > 3) {
            return dialogue.refuse(RedisError.SYNTAX, out);
        }
        if (!credentials.areNeeded()) {
            return dialogue.refuse(RedisError.NO_PASSWORD_SET, out);
        }
        boolean hasUser = arguments.count() == 3;
        dialogue.authenticated(
                hasUser
                        ? credentials.hasUserAndPassword(arguments, 1)
                        : credentials.hasPassword(arguments, 1));
        if (!dialogue.isAuthenticated()) {
            return dialogue.refuse(
                    hasUser ? RedisError.WRONG_PASS : RedisError.INVALID_PASSWORD, out);
        }
        return ok(dialogue, arguments, out);
    }

    /** HELLO [2 or 3 [AUTH user password] [SETNAME name]]. */
    static boolean hello(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        int version = arguments.count() > 1 ? arguments.number(1) : dialogue.version();
        if (version < 0) {
            return dialogue.refuse(RedisError.PROTOCOL_NOT_A_NUMBER, out);
        } else if (version != 2 && version != 3) {
            return dialogue.refuse(RedisError.NO_PROTOCOL, out);
        }
        String name = dialogue.identity().name();
        for (int i = 2; i < arguments.count(); i++) {
            if (arguments.is(i, "auth") && i + 2 < arguments.count()) {
                if (!helloAuth(dialogue, arguments, i + 1, out)) {
                    return true;
                }
                i += 2;
            } else if (arguments.is(i, "setname") && i + 1 < arguments.count()) {
                name = arguments.text(++i);
            } else {
                return dialogue.refuse(RedisError.HELLO_OPTION, out, arguments.text(i));
            }
        }
        if (!dialogue.isAuthenticated()) {
            return dialogue.refuse(RedisError.HELLO_NOT_AUTHENTICATED, out);
        }
        RedisError complaint = ClientIdentity.complaint(name);
        if (complaint != null) {
            return dialogue.refuse(complaint, out, "Client names");
        }
        dialogue.identity().rename(name);
        dialogue.speak(version);
        writeGreeting(dialogue, out);
        return true;
    }

    /** Checks user and password; if they are wrong says so in {@code out} and returns false. */
    private static boolean helloAuth(
            RedisDialogue dialogue, RedisArguments arguments, int userAt, ByteBuf out) {
        Credentials credentials = dialogue.credentials();
        if (!credentials.areNeeded()) {
            RedisError.NO_PASSWORD_SET.write(out);
            return false;
        }
        dialogue.authenticated(credentials.hasUserAndPassword(arguments, userAt));
        if (!dialogue.isAuthenticated()) {
            RedisError.WRONG_PASS.write(out);
        }
        return dialogue.isAuthenticated();
    }

    private static void writeGreeting(RedisDialogue dialogue, ByteBuf out) {
        dialogue.writeMapHead(out, HELLO_PAIRS);
        writePair(out, "server", "redis");
        writePair(out, "version", InfoAnswer.REDIS_VERSION);
        RedisText.writeBulk(out, "proto");
        RedisText.writeInteger(out, dialogue.version());
        RedisText.writeBulk(out, "id");
        RedisText.writeInteger(out, dialogue.client().id());
        writePair(out, "mode", "standalone");
        writePair(out, "role", "master");
        RedisText.writeBulk(out, "modules");
        RedisText.writeArrayHead(out, 0);
    }

    private static void writePair(ByteBuf out, String name, String value) {
        RedisText.writeBulk(out, name);
        RedisText.writeBulk(out, value);
    }

    /** PING [message]. */
    static boolean ping(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        if (arguments.count() > 2) {
            return dialogue.refuse(RedisError.WRONG_ARITY, out, "ping");
        } else if (arguments.count() == 2) {
            return echo(dialogue, arguments, out);
        }
        RedisText.writeStatus(out, "PONG");
        return true;
    }

    /** ECHO message. */
    static boolean echo(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeBulk(out, arguments.source(), arguments.from(1), arguments.to(1));
        return true;
    }

    /** QUIT: says OK as redis does, where twemproxy just closes. */
    static boolean quit(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeOk(out);
        return false;
    }

    /** RESET. */
    static boolean reset(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        dialogue.reset();
        RedisText.writeStatus(out, "RESET");
        return true;
    }

    /**
     * SELECT number. Both the pool's own database and 0 are taken: a client knows the pool as the
     * one database that it gets without asking, and that is number 0 to it; client libraries select
     * it when they take a connection up again.
     */
    static boolean select(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        int number = arguments.number(1);
        int own = dialogue.settings().database();
        if (number < 0) {
            return dialogue.refuse(RedisError.NOT_AN_INTEGER, out);
        } else if (number != 0 && number != own) {
            return dialogue.refuse(RedisError.OTHER_DATABASE, out, Integer.toString(own));
        }
        return ok(dialogue, arguments, out);
    }

    /** What changes nothing for a proxy, and is no error. */
    static boolean ok(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        RedisText.writeOk(out);
        return true;
    }
}
