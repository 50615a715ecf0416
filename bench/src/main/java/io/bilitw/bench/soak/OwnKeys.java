package io.bilitw.bench.soak;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys that one client alone writes, and what it knows of them. One thread uses it.
 *
 * <p>Each write has a version of its own, so that what is read can be held against it.
 */
final class OwnKeys {

    private final String name;
    private final Disturbances disturbances;
    private final int[] written;
    private final int[] acknowledged;
    private final long[] acknowledgedNanos;
    private final boolean[] isUncertain;

    OwnKeys(String name, int count, Disturbances disturbances) {
        this.name = name;
        this.disturbances = disturbances;
        written = new int[count];
        acknowledged = new int[count];
        acknowledgedNanos = new long[count];
        isUncertain = new boolean[count];
    }

    int count() {
        return written.length;
    }

    String key(int index) {
        return name + "." + index;
    }

    /** Makes the next value of a key, to be stored now. */
    byte[] next(int index, int bytes) {
        return Values.make(key(index), ++written[index], bytes);
    }

    /** Notes that what was made last has been stored. */
    void acknowledge(int index) {
        acknowledged[index] = written[index];
        acknowledgedNanos[index] = System.nanoTime();
        isUncertain[index] = false;
    }

    /** Notes that nobody knows whether what was made last has been stored. */
    void doubt(int index) {
        isUncertain[index] = true;
    }

    /** Notes that nobody knows of any key. */
    void doubtAll() {
        Arrays.fill(isUncertain, true);
    }

    /**
     * Holds what was read against what was written.
     *
     * @param value none if there was none
     * @throws WrongAnswer when it cannot be
     */
    void check(int index, byte @Nullable [] value) throws WrongAnswer {
        int version = value == null ? 0 : Values.version(key(index), value);
        if (version > written[index]) {
            throw new WrongAnswer(key(index) + " has version " + version + " of the future");
        }
        boolean isCertain =
                acknowledged[index] > 0
                        && !isUncertain[index]
                        && !disturbances.isAnySince(acknowledgedNanos[index]);
        if (isCertain && version != acknowledged[index]) {
            throw new WrongAnswer(
                    "%s has version %d after %d"
                            .formatted(key(index), version, acknowledged[index]));
        }
    }
}
