package io.bilitw.protocol.redis;

/**
 * Keys at fixed places.
 *
 * @param first argument number of the first key, 0 for no keys at all
 * @param last argument number of the last key; negative if counted from the end, -1 being the last
 * @param step distance from one key to the next
 */
record KeyRange(int first, int last, int step) implements KeySpec {

    /** No argument is a key. */
    static final KeySpec NONE = new KeyRange(0, 0, 0);

    /** The first argument is the only key. */
    static final KeySpec FIRST = new KeyRange(1, 1, 1);

    /** The first two arguments are keys, for example source and destination. */
    static final KeySpec FIRST_TWO = new KeyRange(1, 2, 1);

    /** Every argument is a key. */
    static final KeySpec ALL = new KeyRange(1, -1, 1);

    /** Every other argument is a key, each followed by its value. */
    static final KeySpec PAIRS = new KeyRange(1, -1, 2);

    @Override
    public boolean find(RedisArguments arguments, KeyList keys) {
        keys.clear();
        if (first == 0) {
            return true;
        }
        int count = arguments.count();
        int end = last < 0 ? count + last : last;
        if (end < first || end >= count) {
            return false;
        }
        for (int i = first; i <= end; i += step) {
            keys.add(i);
        }
        return last > 0 || isWhole(count);
    }

    /** Whether the arguments divide into whole groups of {@code step}, if they run to the end. */
    private boolean isWhole(int count) {
        return (count - first) % step == 0;
    }

    @Override
    public RedisError complaint(RedisArguments arguments) {
        return RedisError.WRONG_ARITY;
    }

    @Override
    public int argumentsKept() {
        return last < 0 ? Integer.MAX_VALUE : last + 1;
    }

    @Override
    public boolean isMovable() {
        return false;
    }

    @Override
    public String description() {
        if (first == 0) {
            return "none";
        }
        if (first == last) {
            return "argument " + first;
        }
        String every = step == 1 ? "" : ", every " + (step == 2 ? "second" : "third");
        return "arguments "
                + first
                + " to "
                + (last == -1 ? "last" : last < 0 ? "last but " + ~last : last)
                + every;
    }
}
