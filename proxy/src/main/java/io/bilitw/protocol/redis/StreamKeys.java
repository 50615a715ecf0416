package io.bilitw.protocol.redis;

/**
 * The keys of XREAD and XREADGROUP: the first half of what follows the word STREAMS. A request that
 * may wait, by the option BLOCK, has no keys to be routed by: it would hold up all who share the
 * server connection.
 */
final class StreamKeys implements KeySpec {

    static final StreamKeys INSTANCE = new StreamKeys();

    private static final int NOT_FOUND = -1;
    private static final int MAY_WAIT = -2;

    private StreamKeys() {}

    @Override
    public boolean find(RedisArguments arguments, KeyList keys) {
        return addKeys(arguments, findStreams(arguments, false), keys);
    }

    @Override
    public boolean findAll(RedisArguments arguments, KeyList keys) {
        return addKeys(arguments, findStreams(arguments, true), keys);
    }

    private static boolean addKeys(RedisArguments arguments, int streams, KeyList keys) {
        keys.clear();
        if (streams < 0) {
            return false;
        }
        int rest = arguments.count() - 1 - streams;
        if (rest == 0 || rest % 2 != 0) {
            return false;
        }
        for (int i = 1; i <= rest / 2; i++) {
            keys.add(streams + i);
        }
        return true;
    }

    /** Walks over the options, whose values could be the word STREAMS too. */
    private static int findStreams(RedisArguments arguments, boolean mayWait) {
        for (int i = 1; i < arguments.count(); i++) {
            if (arguments.is(i, "streams")) {
                return i;
            } else if (arguments.is(i, "block") && !mayWait) {
                return MAY_WAIT;
            } else if (arguments.is(i, "count")
                    || arguments.is(i, "block")
                    || arguments.is(i, "claim")) {
                i++;
            } else if (arguments.is(i, "group")) {
                i += 2;
            } else if (!arguments.is(i, "noack")) {
                return NOT_FOUND;
            }
        }
        return NOT_FOUND;
    }

    @Override
    public RedisError complaint(RedisArguments arguments) {
        int streams = findStreams(arguments, false);
        if (streams == MAY_WAIT) {
            return RedisError.BLOCK_OPTION;
        }
        return streams == NOT_FOUND ? RedisError.SYNTAX : RedisError.UNBALANCED_STREAMS;
    }

    @Override
    public int argumentsKept() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isMovable() {
        return true;
    }

    @Override
    public String description() {
        return "the first half of what follows STREAMS";
    }
}
