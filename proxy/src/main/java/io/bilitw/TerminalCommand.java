package io.bilitw;

import io.bilitw.terminal.Sample;
import io.bilitw.terminal.StatsPage;
import io.bilitw.terminal.StatsPort;
import io.bilitw.terminal.Top;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code bilitw stats} and {@code bilitw top}: show the figures of a running instance, on the
 * standard output.
 */
final class TerminalCommand {

    /** The first words of their command lines. */
    static final List<String> WORDS = List.of(TerminalOptions.STATS, TerminalOptions.TOP);

    private TerminalCommand() {}

    /**
     * Does what the command line asks for.
     *
     * @param out where it shows what is asked for
     * @param err where it says what is wrong
     * @return whether it was done
     */
    static boolean run(String[] words, PrintStream out, PrintStream err) {
        try {
            TerminalOptions options = TerminalOptions.parse(words);
            if (options.showsHelp()) {
                out.print(TerminalOptions.USAGE);
            } else if (words[0].equals(TerminalOptions.TOP)) {
                Top.run(options.port(), options.intervalMillis(), options.refreshes(), out);
            } else {
                Sample sample = options.port().read();
                List<Sample.Pool> pools = choose(sample, options.pool(), options.port());
                out.print(
                        StatsPage.lines(sample, pools).stream()
                                .collect(Collectors.joining("\n", "", "\n")));
            }
            out.flush();
            return true;
        } catch (OptionException e) {
            err.print("bilitw: " + e.getMessage() + "\n" + TerminalOptions.USAGE);
        } catch (IOException e) {
            err.println("bilitw: " + e.getMessage());
        }
        return false;
    }

    /** Finds the pool that is asked for, or all if none is. */
    private static List<Sample.Pool> choose(Sample sample, @Nullable String name, StatsPort port)
            throws IOException {
        List<Sample.Pool> chosen =
                sample.pools().stream()
                        .filter(pool -> name == null || pool.name().equals(name))
                        .toList();
        if (name != null && chosen.isEmpty()) {
            throw new IOException(
                    "there is no pool '"
                            + name
                            + "' at "
                            + port
                            + " (expected one of: "
                            + sample.pools().stream()
                                    .map(Sample.Pool::name)
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
        return chosen;
    }
}
