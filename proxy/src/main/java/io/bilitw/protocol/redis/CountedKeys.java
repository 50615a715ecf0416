package io.bilitw.protocol.redis;

/**
 * Keys whose number is an argument just before them.
 *
 * @param hasDestination whether argument 1 is a key too
 * @param countAt argument number of the count
 * @param distance how many arguments lie from one key to the next
 * @param isByFirst whether the first key alone decides where the request goes
 */
record CountedKeys(boolean hasDestination, int countAt, int distance, boolean isByFirst)
        implements KeySpec {

    @Override
    public boolean find(RedisArguments arguments, KeyList keys) {
        return find(arguments, keys, isByFirst);
    }

    @Override
    public boolean findAll(RedisArguments arguments, KeyList keys) {
        return find(arguments, keys, false);
    }

    private boolean find(RedisArguments arguments, KeyList keys, boolean onlyFirst) {
        keys.clear();
        if (arguments.count() <= countAt) {
            return false;
        }
        int number = arguments.number(countAt);
        if (number <= 0 || number > (arguments.count() - 1 - countAt) / distance) {
            return false;
        }
        if (hasDestination) {
            keys.add(1);
        }
        int wanted = onlyFirst ? 1 : number;
        for (int i = 0; i < wanted; i++) {
            keys.add(countAt + 1 + i * distance);
        }
        return true;
    }

    @Override
    public RedisError complaint(RedisArguments arguments) {
        boolean isNone = arguments.count() > countAt && arguments.number(countAt) == 0;
        return isByFirst && isNone ? RedisError.SCRIPT_WITHOUT_KEY : RedisError.NUMBER_OF_KEYS;
    }

    @Override
    public int argumentsKept() {
        return isByFirst ? countAt + 2 : Integer.MAX_VALUE;
    }

    @Override
    public int first() {
        return hasDestination ? 1 : 0;
    }

    @Override
    public boolean isMovable() {
        return true;
    }

    @Override
    public String description() {
        String counted =
                "as many as argument "
                        + countAt
                        + " says"
                        + (distance == 1 ? "" : ", every second");
        return isByFirst
                ? "the first of " + counted
                : hasDestination ? "argument 1 and " + counted : counted;
    }
}
