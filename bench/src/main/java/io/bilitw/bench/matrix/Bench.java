package io.bilitw.bench.matrix;

import io.bilitw.bench.load.LoadException;
import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.process.BenchException;
import io.bilitw.bench.process.Children;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code ./dev bench}. */
public final class Bench {

    private final BenchOptions options;
    private final Report report;
    private final List<RowResult> results = new ArrayList<>();

    private Bench(BenchOptions options, PrintStream out) {
        this.options = options;
        report = new Report(options, out);
    }

    /**
     * Measures, prints and writes the report. Ends with exit code 1 when an option is wrong or a
     * row has failed.
     *
     * @param words the directory of the packaged program, that of the results, and the options
     */
    public static void main(String... words) {
        List<String> rest = List.of(words).subList(2, words.length);
        if (rest.contains("--help")) {
            printUsage();
            return;
        }
        boolean good = false;
        try {
            Path home = Path.of(words[0]).toAbsolutePath();
            good = run(BenchOptions.parse(home, Path.of(words[1]), rest), System.out);
        } catch (BenchException | LoadException | IOException e) {
            System.err.println("bench: " + e.getMessage());
        }
        System.exit(good ? 0 : 1);
    }

    @SuppressWarnings("SystemOut")
    private static void printUsage() {
        System.out.print(BenchOptions.USAGE);
        BenchRow.ALL.forEach(row -> System.out.println("  " + row.name()));
    }

    /** Measures, and returns whether all rows have figures. */
    static boolean run(BenchOptions options, PrintStream out)
            throws IOException, LoadException, BenchException {
        return new Bench(options, out).run();
    }

    private boolean run() throws IOException, LoadException, BenchException {
        report.begin();
        for (LoadProtocol protocol : LoadProtocol.values()) {
            List<BenchRow> rows =
                    options.rows().stream().filter(row -> row.protocol() == protocol).toList();
            if (!rows.isEmpty()) {
                measure(protocol, rows);
            }
        }
        if (!results.isEmpty()) {
            report.endRows(results);
        }
        if (options.beside()) {
            measureBeside();
        }
        return results.stream().noneMatch(RowResult::hasFailed);
    }

    private void measureBeside() throws IOException, LoadException, BenchException {
        List<Figure> figures = new ArrayList<>();
        report.beginFigures();
        try (Children children = new Children()) {
            Beside beside =
                    new Beside(
                            options,
                            children,
                            figure -> {
                                figures.add(figure);
                                report.add(figure.line());
                            });
            beside.measure();
        }
        report.endFigures(figures);
    }

    private void measure(LoadProtocol protocol, List<BenchRow> rows)
            throws IOException, LoadException, BenchException {
        try (Children children = new Children()) {
            Matrix matrix = new Matrix(options, children, protocol);
            matrix.warmUp(rows.getFirst());
            for (BenchRow row : rows) {
                RowResult result = matrix.measure(row);
                children.standStillIfEnding();
                results.add(result);
                report.add(TextReport.time(result));
            }
        }
    }
}
