package io.bilitw.bench.soak;

import io.bilitw.bench.process.BenchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param home the packaged program
 * @param time how long the load lasts
 */
record SoakOptions(Path home, Duration time) {

    static final String USAGE =
            """
            Usage: ./dev soak [MINUTES]

              MINUTES   how long, 0.2 to 10080 (default: 10); what is shorter than 5 is not judged by its growth

            Ends with exit code 1 if something has grown, an answer was wrong, or a request was lost. Ctrl-C ends it
            early, with what can be said until then.
            """;

    private static final String MINUTES = "10";
    private static final double MIN_MINUTES = 0.2;
    private static final double MAX_MINUTES = 7 * 24 * 60;
    private static final double MILLIS_OF_MINUTE = 60_000;

    /**
     * Reads the words behind the directory.
     *
     * @throws BenchException when they are wrong
     */
    static SoakOptions parse(Path home, List<String> words) throws BenchException {
        if (words.size() > 1) {
            throw new BenchException(
                    "One number of minutes is enough, not " + String.join(" ", words) + ".");
        }
        String text = words.isEmpty() ? MINUTES : words.getFirst();
        if (text.startsWith("-")) {
            throw new BenchException("There is no option " + text + "; --help says more.");
        }
        double minutes = text.matches("\\d{1,5}(\\.\\d{1,3})?") ? Double.parseDouble(text) : -1;
        if (minutes < MIN_MINUTES || minutes > MAX_MINUTES) {
            throw new BenchException(
                    "The minutes are a number from 0.2 to 10080, not " + text + ".");
        }
        return new SoakOptions(home, Duration.ofMillis(Math.round(minutes * MILLIS_OF_MINUTE)));
    }
}
