package io.bilitw.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * The command line of the load generator.
 *
 * <p>Clients on one thread send batches of requests to a port of 127.0.0.1, each its next one when
 * the last is answered. Every response is checked; the first wrong one ends the load.
 */
public final class Load {

    private Load() {}

    /**
     * Runs one load and prints its figures as a line of CSV: requests per second, and p50, p99,
     * p99.9 and the longest latency of a batch in microseconds. Ends with exit code 1 when an
     * option or a response is wrong.
     *
     * @param words the options, which {@code --help} lists
     */
    @SuppressWarnings("SystemOut")
    public static void main(String... words) {
        if (List.of(words).contains("--help")) {
            System.out.println(usage());
            return;
        }
        try {
            System.out.println(run(LoadOptions.parse(words)).toCsv());
        } catch (LoadException e) {
            fail("Load: " + e.getMessage());
        } catch (IOException e) {
            fail("Load: The connection failed: " + e.getMessage() + ".");
        }
    }

    private static LoadResult run(LoadOptions options) throws IOException, LoadException {
        try (LoadRun run = LoadRun.connect(options)) {
            return run.load();
        }
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }

    private static String usage() {
        StringBuilder usage = new StringBuilder("Usage: Load --port N [OPTION VALUE]...\n\n");
        for (LoadOption option : LoadOption.values()) {
            usage.append(option.usage()).append('\n');
        }
        usage.append(
                "\n"
                    + "Prints requests per second,p50,p99,p99.9,max; times are microseconds of a"
                    + " batch");
        return usage.toString();
    }
}
