package io.bilitw.protocol.redis;

/**
 * One subcommand that the proxy answers.
 *
 * @param name its name in lower case
 * @param arity how many arguments a request has, command and subcommand included; if negative, at
 *     least as many
 * @param help how it is used and what for, for the command's HELP
 * @param answer how it is answered
 */
record Subcommand(String name, int arity, String help, LocalAnswer answer) {

    /** Tells whether a request may have {@code count} arguments. */
    boolean acceptsCount(int count) {
        return arity < 0 ? count >= -arity : count == arity;
    }
}
