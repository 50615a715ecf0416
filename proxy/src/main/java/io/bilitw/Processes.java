package io.bilitw;

import io.bilitw.os.Processors;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many workers there are, and which processor each runs on: worker i on that of the i-th set
 * bit of the core mask.
 *
 * @param processors one for each worker, or none if workers may run on any
 */
record Processes(int workers, List<Integer> processors) {

    /**
     * Chooses, with what the command line says.
     *
     * @throws IOException with a sentence for the operator, if it cannot be as he says
     */
    static Processes choose(OptionalInt workers, OptionalLong mask) throws IOException {
        return choose(
                workers, mask, Processors.allowed(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * Chooses from processors that the process is {@code allowed} to use, of which it has the time
     * of {@code available} ones.
     */
    static Processes choose(OptionalInt workers, OptionalLong mask, BitSet allowed, int available)
            throws IOException {
        BitSet wanted = mask.isPresent() ? BitSet.valueOf(new long[] {mask.getAsLong()}) : allowed;
        for (int bit = wanted.nextSetBit(0); bit >= 0; bit = wanted.nextSetBit(bit + 1)) {
            if (!allowed.get(bit)) {
                throw new IOException(
                        "option -M value "
                                + mask.getAsLong()
                                + " names processor "
                                + bit
                                + ", which this process cannot use (it can use "
                                + allowed
                                + ")");
            }
        }
        int count = workers.orElse(Math.min(available, wanted.cardinality()));
        if (count > wanted.cardinality()) {
            throw new IOException(
                    "option -M value "
                            + mask.orElse(0)
                            + " names "
                            + wanted.cardinality()
                            + " processors (expected: one for each of "
                            + count
                            + " workers)");
        }
        // With the time of few processors out of many, none of the many is the right one.
        boolean isPinned = mask.isPresent() || available >= allowed.cardinality();
        return new Processes(
                count, isPinned ? wanted.stream().limit(count).boxed().toList() : List.of());
    }
}
