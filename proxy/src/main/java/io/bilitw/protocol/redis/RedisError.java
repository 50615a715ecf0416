package io.bilitw.protocol.redis;

import io.bilitw.protocol.ErrorText;
import io.netty.buffer.ByteBuf;

/**
 * The errors that the proxy itself answers to redis clients, one row a text; {@code {1}} stands for
 * the command's name in lower case, {@code {2}} for what the row says. Where redis or twemproxy has
 * an error for the case, the text is theirs, as clients match on it.
 */
enum RedisError {
    /** The client has not shown the pool's password; without the full stop that redis puts. */
    NOT_AUTHENTICATED("NOAUTH Authentication required"),
    /** AUTH with the wrong password alone. */
    INVALID_PASSWORD("ERR invalid password"),
    /** AUTH or HELLO with a wrong pair of user and password. */
    WRONG_PASS("WRONGPASS invalid username-password pair or user is disabled."),
    /** AUTH, but the pool has no password. */
    NO_PASSWORD_SET("ERR Client sent AUTH, but no password is set"),
    /** HELLO with a protocol that is not 2. */
    NO_PROTOCOL("NOPROTO unsupported protocol version"),
    /** HELLO with a protocol that is no number. */
    PROTOCOL_NOT_A_NUMBER("ERR Protocol version is not an integer or out of range"),
    /** HELLO with an option that it does not have, or one without its value. */
    HELLO_OPTION("ERR Syntax error in HELLO option '{1}'"),
    /** HELLO without AUTH before the client has shown the password. */
    HELLO_NOT_AUTHENTICATED(
            "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
                    + " <proto> AUTH <user> <pass> option can be used to authenticate the client"
                    + " and select the RESP protocol version at the same time"),
    /** A name that CLIENT LIST could not show; of what is named. */
    UNFIT_NAME("ERR {1} cannot contain spaces, newlines or special characters."),
    /** A name that is too long to be remembered; of what is named. */
    LONG_NAME("ERR {1} cannot be longer than 1024 bytes."),
    /** CLIENT SETINFO with an option that it does not have; of the option. */
    UNKNOWN_OPTION("ERR Unrecognized option '{1}'"),
    /** Arguments too few or too many. */
    WRONG_ARITY("ERR wrong number of arguments for '{1}' command"),
    /** The same after a subcommand. */
    SUBCOMMAND_ARITY("ERR wrong number of arguments for '{1}|{2}' command"),
    /**
     * No row for the command, here in the client's own letters; then its first arguments, quoted.
     */
    UNKNOWN_COMMAND("ERR unknown command '{1}', with args beginning with: {2}"),
    /** A command that a proxy over several servers cannot do. */
    UNSUPPORTED_COMMAND("ERR unsupported command '{1}'"),
    /** As above; then the subcommand. */
    UNSUPPORTED_SUBCOMMAND("ERR unsupported subcommand '{2}' of '{1}'"),
    /** The option BLOCK of XREAD and XREADGROUP. */
    BLOCK_OPTION("ERR unsupported option 'block' of '{1}'"),
    /** The number of keys is no number, 0, or more than there are arguments. */
    NUMBER_OF_KEYS("ERR Invalid number of keys for '{1}' command"),
    /** A script that names no key. */
    SCRIPT_WITHOUT_KEY("ERR '{1}' needs a key, by which the proxy chooses the server"),
    /** XREAD with streams and ids that do not match. */
    UNBALANCED_STREAMS(
            "ERR Unbalanced '{1}' list of streams: for each stream key an ID or '$' must be"
                    + " specified."),
    /** Options that the command does not have. */
    SYNTAX("ERR syntax error"),
    /** What should be a number is none. */
    NOT_AN_INTEGER("ERR value is not an integer or out of range"),
    /** SLOWLOG GET with a count that is none. */
    COUNT("ERR count should be greater than or equal to -1"),
    /** SELECT of a database that is not the pool's; of the pool's. */
    OTHER_DATABASE("ERR DB index is out of range, this pool is database {1} of its servers"),
    /** CLUSTER. */
    NO_CLUSTER("ERR This instance has cluster support disabled"),
    /** COMMAND GETKEYS of a command that does not exist. */
    INVALID_COMMAND("ERR Invalid command specified"),
    /** COMMAND GETKEYS of a command without keys. */
    NO_KEYS("ERR The command has no key arguments"),
    /** COMMAND GETKEYS of a command with too few or too many arguments. */
    INVALID_ARGUMENT_COUNT("ERR Invalid number of arguments specified for command"),
    /** COMMAND GETKEYS of a command with arguments that make no sense. */
    INVALID_ARGUMENTS("ERR Invalid arguments specified for command"),
    /** Input that is no request; of what is wrong with it. */
    PROTOCOL("ERR {1}"),
    /** A request that is longer than the configuration allows; of the most bytes. */
    REQUEST_TOO_LARGE("ERR Protocol error: request is larger than max_request_size, {1} bytes"),
    /** A line of HTTP. */
    HTTP("ERR Protocol error: this is HTTP, which redis does not speak"),
    /** A response of a server that does not fit its request. */
    INVALID_RESPONSE("ERR Invalid argument");

    private final String text;

    RedisError(String text) {
        this.text = text;
    }

    /** Appends to {@code out} this error, with {@code details} filled in. */
    void write(ByteBuf out, String... details) {
        out.writeByte('-');
        ErrorText.write(text, out, details);
    }
}
