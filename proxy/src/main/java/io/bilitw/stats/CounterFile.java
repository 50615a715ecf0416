package io.bilitw.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The file in which a worker counts, in memory that the master has mapped as well: it reads the
 * figures at any time, also of a worker that hangs or has been killed.
 *
 * <p>The layout, in words of 64 bits in the byte order of the machine:
 *
 * <pre>
 *   word  what
 *   0     0x62696c69 ("bili") above a checksum of the tables below, the layout's version
 *   1     heartbeat: how often the event loop has turned to it
 *   2...  the worker: one word for each row of {@link WorkerMetric}, a {@link Histogram} of turns
 *         for each pool, in the order of the configuration:
 *           one word for each row of {@link PoolMetric}, a {@link Histogram} of requests
 *           for each server, sorted by name:
 *             one word for each row of {@link ServerMetric}, a {@link Histogram} of its responses
 * </pre>
 *
 * <p>A {@link Histogram} has a word for each of its {@value Histogram#BUCKETS} ranges, then the sum
 * and the greatest, in microseconds.
 */
public final class CounterFile {

    private static final int LAYOUT_AT = 0;
    private static final int HEARTBEAT_AT = 1;
    private static final int HEADER_WORDS = 2;

    private static final long LAYOUT = 0x62696c69L << Integer.SIZE | checksum();

    private final Words words;

    private CounterFile(Words words) {
        this.words = words;
    }

    private static long checksum() {
        CRC32 sum = new CRC32();
        for (Metric[] table :
                new Metric[][] {
                    WorkerMetric.values(), PoolMetric.values(), ServerMetric.values()
                }) {
            for (Metric metric : table) {
                sum.update((metric.label() + '\n').getBytes(UTF_8));
            }
        }
        sum.update(Histogram.BUCKETS);
        return sum.getValue();
    }

    /** Size of the file for the figures of {@code config}. */
    public static int bytes(Config config) {
        return (HEADER_WORDS + WorkerFigures.words(config)) * Long.BYTES;
    }

    /**
     * Maps the file at {@code path}, which has {@link #bytes} bytes; done by the master, it says
     * which layout that is.
     *
     * @throws IOException if that is not possible
     */
    public static CounterFile create(Path path) throws IOException {
        CounterFile file = map(path);
        file.words.set(LAYOUT_AT, LAYOUT);
        return file;
    }

    /**
     * Maps the file that another process has made.
     *
     * @throws IOException if that is not possible
     */
    public static CounterFile map(Path path) throws IOException {
        return new CounterFile(Words.map(path));
    }

    /**
     * Tells whether the master counts the same figures: after the program was replaced it is one of
     * another version, until it is started anew.
     */
    public boolean isOfThisVersion() {
        return words.get(LAYOUT_AT) == LAYOUT;
    }

    /** The figures in the file, which is for {@code config} and of this version. */
    public WorkerFigures figures(Config config) {
        return new WorkerFigures(config, words.slice(HEADER_WORDS, words.count() - HEADER_WORDS));
    }

    /** Shows that the event loop turns. Called by it alone. */
    public void beat() {
        words.add(HEARTBEAT_AT, 1);
    }

    /** The word that {@link #beat} changes. */
    public long heartbeat() {
        return words.get(HEARTBEAT_AT);
    }
}
