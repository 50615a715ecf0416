package io.bilitw.protocol.redis;

import java.util.Locale;

/**
 * The key at argument 2 of a command whose argument 1 says what to do, for example {@code OBJECT
 * ENCODING key}. Subcommands without a key are not for a proxy over many servers.
 */
final class SubcommandKey implements KeySpec {

    private final String[] words;

    SubcommandKey(String... words) {
        this.words = words;
    }

    @Override
    public boolean find(RedisArguments arguments, KeyList keys) {
        keys.clear();
        if (arguments.count() < 3 || !isKnown(arguments)) {
            return false;
        }
        keys.add(2);
        return true;
    }

    private boolean isKnown(RedisArguments arguments) {
        for (String word : words) {
            if (arguments.is(1, word)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public RedisError complaint(RedisArguments arguments) {
        return arguments.count() > 1 && isKnown(arguments)
                ? RedisError.SUBCOMMAND_ARITY
                : RedisError.UNSUPPORTED_SUBCOMMAND;
    }

    @Override
    public int argumentsKept() {
        return 3;
    }

    @Override
    public boolean isMovable() {
        return false;
    }

    @Override
    public String description() {
        return "argument 2 of " + String.join(", ", words).toUpperCase(Locale.ROOT);
    }
}
