package io.bilitw.protocol.redis;

/**
 * Where the keys of a command are among its arguments: the words in which {@link RedisCommand} says
 * it, together with the constants of {@link KeyRange}. Stateless.
 */
sealed interface KeySpec permits KeyRange, CountedKeys, StoreKeys, StreamKeys, SubcommandKey {

    /**
     * Every {@code step}th argument from {@code first} to {@code last} is a key; a negative {@code
     * last} counts from the end, -1 being the last argument.
     */
    static KeySpec range(int first, int last, int step) {
        return new KeyRange(first, last, step);
    }

    /** Argument {@code countAt} says how many keys follow it. */
    static KeySpec counted(int countAt) {
        return new CountedKeys(false, countAt, 1, false);
    }

    /** Argument {@code countAt} says how many pairs of key and value follow it. */
    static KeySpec countedPairs(int countAt) {
        return new CountedKeys(false, countAt, 2, false);
    }

    /** The first argument is the destination, the second says how many keys follow it. */
    static KeySpec storeCounted() {
        return new CountedKeys(true, 2, 1, false);
    }

    /**
     * Argument 2, after the script, says how many keys follow it; the first of them alone decides
     * where the script runs, as callers co-locate the others by hash tags (twemproxy
     * nc_redis.c:redis_argeval).
     */
    static KeySpec script() {
        return new CountedKeys(false, 2, 1, true);
    }

    /** The first argument, and the destination after STORE (SORT). */
    static KeySpec sort() {
        return StoreKeys.SORT;
    }

    /** The first argument, and the destination after STORE or STOREDIST (GEORADIUS). */
    static KeySpec geoStore() {
        return StoreKeys.GEO;
    }

    /** The first half of what follows STREAMS; the second half are ids. */
    static KeySpec streams() {
        return StreamKeys.INSTANCE;
    }

    /** The second argument, provided that the first is one of {@code words}, in lower case. */
    static KeySpec subcommands(String... words) {
        return new SubcommandKey(words);
    }

    /**
     * Finds the keys that decide which server gets the request, and makes {@code keys} the list of
     * them.
     *
     * @return false if the arguments make no sense, or none that a proxy can act upon; {@link
     *     #complaint} then says why
     */
    boolean find(RedisArguments arguments, KeyList keys);

    /**
     * As {@link #find}, but finds all keys the command would touch, for {@code COMMAND GETKEYS}.
     */
    default boolean findAll(RedisArguments arguments, KeyList keys) {
        return find(arguments, keys);
    }

    /** What is wrong with arguments in which {@link #find} finds no keys. */
    RedisError complaint(RedisArguments arguments);

    /** How many leading arguments, the command name included, {@link #find} and its result need. */
    int argumentsKept();

    /** The first key as {@code COMMAND INFO} gives it: 0 if there is none at a fixed place. */
    default int first() {
        return 0;
    }

    /** The last key as {@code COMMAND INFO} gives it; negative if counted from the end. */
    default int last() {
        return first();
    }

    /** The distance of the keys as {@code COMMAND INFO} gives it. */
    default int step() {
        return first();
    }

    /** Whether only a look at the arguments tells where the keys are. */
    boolean isMovable();

    /** The place of the keys in words, for the documentation. */
    String description();
}
