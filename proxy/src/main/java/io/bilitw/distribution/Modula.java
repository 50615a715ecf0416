package io.bilitw.distribution;

import java.util.Arrays;
import java.util.List;

/**
 * The hash modulo the sum of the weights: {@code modula} of twemproxy's {@code nc_modula.c}.
 *
 * <p>The C program writes out a list in which each server stands as often as its weight says. This
 * class keeps only where each server's run in that list ends, so that a weight of two thousand
 * million costs no more memory than one of 1.
 */
final class Modula implements Distribution {

    private final int[] indexes;
    private final long[] runEnds; // ascending; the last one is the length of the list
    private final long slots;

    private Modula(int[] indexes, long[] runEnds) {
        this.indexes = indexes;
        this.runEnds = runEnds;
        this.slots = runEnds[runEnds.length - 1];
    }

    static Modula over(List<LiveServer> live) {
        int[] indexes = new int[live.size()];
        long[] runEnds = new long[live.size()];
        long slots = 0;
        for (int i = 0; i < indexes.length; i++) {
            LiveServer server = live.get(i);
            slots += server.weight();
            indexes[i] = server.index();
            runEnds[i] = slots;
        }
        return new Modula(indexes, runEnds);
    }

    @Override
    public int serverIndex(int hash) {
        long slot = slotOf(hash);
        if (slots == indexes.length) {
            return indexes[(int) slot]; // every weight is 1
        }
        int run = Arrays.binarySearch(runEnds, slot + 1);
        return indexes[run < 0 ? ~run : run];
    }

    @Override
    public String describe(int hash) {
        return "slot " + slotOf(hash) + " of " + slots;
    }

    private long slotOf(int hash) {
        return Integer.toUnsignedLong(hash) % slots;
    }
}
