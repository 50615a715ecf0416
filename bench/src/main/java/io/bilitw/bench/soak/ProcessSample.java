package io.bilitw.bench.soak;

import io.bilitw.bench.process.ProcessFigures;
import java.io.IOException;

/**
 * What is seen of a process from outside.
 *
 * @param residentMegabytes shared pages included
 * @param files open file descriptors
 */
record ProcessSample(long pid, double residentMegabytes, int files, int threads) {

    /**
     * Looks at a process.
     *
     * @throws IOException when it has ended
     */
    static ProcessSample of(long pid) throws IOException {
        return new ProcessSample(
                pid,
                ProcessFigures.residentMegabytes(pid),
                ProcessFigures.files(pid),
                ProcessFigures.threads(pid));
    }
}
