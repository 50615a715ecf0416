package io.bilitw.bench.matrix;

import io.bilitw.bench.process.BenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param home the packaged program
 * @param results where the report is written
 * @param fileName of the report, without ending
 * @param rounds how often each peer has its turn in a row
 * @param millis how long a turn lasts
 * @param rows the selected ones
 * @param beside whether the figures that stand beside the rows are measured
 */
record BenchOptions(
        Path home,
        Path results,
        String fileName,
        int rounds,
        int millis,
        List<BenchRow> rows,
        boolean beside) {

    static final String USAGE =
            """
            Usage: ./dev bench [--quick] [--rounds N] [--millis N] [WORD]...

              --quick      short turns and the rows only: under five minutes, and rough figures
              --rounds N   turns of each peer in a row, 1 to 99 (default: 5; quick: 3)
              --millis N   milliseconds of a turn, 10 to 60000 (default: 2000; quick: 300)
              WORD         only the rows that have all these words in their name; or "beside": what stands beside the
                           rows (starts, cold and idle proxies, memory, pauses, two workers)

            The rows are:
            """;

    private static final String BESIDE = "beside";
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 3;
    private static final int MAX_ROUNDS = 99;
    private static final int MILLIS = 2000;
    private static final int QUICK_MILLIS = 300;
    private static final int MIN_MILLIS = 10;
    private static final int MAX_MILLIS = 60_000;

    /**
     * Reads the words behind the two directories.
     *
     * @throws BenchException at the first fault
     */
    static BenchOptions parse(Path home, Path results, List<String> words) throws BenchException {
        boolean quick = words.contains("--quick");
        int rounds = quick ? QUICK_ROUNDS : ROUNDS;
        int millis = quick ? QUICK_MILLIS : MILLIS;
        boolean whole = !quick;
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (word) {
                case "--quick" -> {}
                case "--rounds" -> {
                    rounds = number(word, next, 1, MAX_ROUNDS);
                    whole &= rounds >= ROUNDS;
                    i++;
                }
                case "--millis" -> {
                    millis = number(word, next, MIN_MILLIS, MAX_MILLIS);
                    whole &= millis >= MILLIS;
                    i++;
                }
                default -> wanted.add(word);
            }
        }
        String fileName = wanted.isEmpty() ? whole ? "latest" : "quick" : "rows";
        boolean besideOnly = wanted.equals(List.of(BESIDE));
        List<BenchRow> rows = besideOnly ? List.of() : select(wanted);
        boolean beside = besideOnly || (wanted.isEmpty() && !quick);
        return new BenchOptions(home, results, fileName, rounds, millis, rows, beside);
    }

    private static int number(String option, String text, int min, int max) throws BenchException {
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw new BenchException(
                    "%s wants a number from %d to %d, not %s."
                            .formatted(option, min, max, text.isEmpty() ? "nothing" : text));
        }
        return number;
    }

    private static List<BenchRow> select(List<String> wanted) throws BenchException {
        for (String word : wanted) {
            if (word.startsWith("-")) {
                throw new BenchException("There is no option " + word + "; --help lists all.");
            }
        }
        List<BenchRow> rows =
                BenchRow.ALL.stream()
                        .filter(row -> Arrays.asList(row.name().split(" ", -1)).containsAll(wanted))
                        .toList();
        if (rows.isEmpty()) {
            throw new BenchException(
                    "No row has the words \"%s\"; --help lists all rows."
                            .formatted(String.join(" ", wanted)));
        }
        return rows;
    }
}
