package io.bilitw.protocol.redis;

import java.util.List;

/**
 * A source at argument 1, and a destination after one of several option words; the last one counts,
 * as in redis.
 *
 * @param optionsFrom argument number of the first option
 * @param options the options that take values
 * @param description the place of the keys in words
 */
record StoreKeys(int optionsFrom, List<Option> options, String description) implements KeySpec {

    static final StoreKeys SORT =
            new StoreKeys(
                    2,
                    List.of(
                            new Option("store", 1, true),
                            new Option("limit", 2, false),
                            new Option("get", 1, false),
                            new Option("by", 1, false)),
                    "argument 1 and the one after STORE");

    static final StoreKeys GEO =
            new StoreKeys(
                    5,
                    List.of(new Option("store", 1, true), new Option("storedist", 1, true)),
                    "argument 1 and the one after STORE or STOREDIST");

    /**
     * One option.
     *
     * @param word its name in lower case
     * @param values how many arguments belong to it
     * @param isDestination whether its value is a key
     */
    record Option(String word, int values, boolean isDestination) {}

    @Override
    public boolean find(RedisArguments arguments, KeyList keys) {
        keys.clear();
        if (arguments.count() < 2) {
            return false;
        }
        keys.add(1);
        int destination = destination(arguments);
        if (destination > 0) {
            keys.add(destination);
        }
        return true;
    }

    private int destination(RedisArguments arguments) {
        int destination = 0;
        for (int i = optionsFrom; i < arguments.count() - 1; i++) {
            for (Option option : options) {
                if (arguments.is(i, option.word())) {
                    destination = option.isDestination() ? i + 1 : destination;
                    i += option.values();
                    break;
                }
            }
        }
        return destination;
    }

    @Override
    public RedisError complaint(RedisArguments arguments) {
        return RedisError.WRONG_ARITY;
    }

    @Override
    public int argumentsKept() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int first() {
        return 1;
    }

    @Override
    public boolean isMovable() {
        return true;
    }
}
