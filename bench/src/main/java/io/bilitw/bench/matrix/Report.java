package io.bilitw.bench.matrix;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What is printed while it is measured, and written when that is done. */
final class Report {

    private final BenchOptions options;
    private final PrintStream out;
    private final List<String> lines = new ArrayList<>();

    Report(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Says where and how it is measured. */
    void begin() throws IOException {
        add(
                "%s, %s, Linux %s, load average %s"
                        .formatted(
                                LocalDate.now(ZoneOffset.UTC),
                                processor(),
                                System.getProperty("os.version"),
                                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]));
        add(
                "%d rounds of %d ms; proxies on processor %s, servers and load on processor %s"
                        .formatted(
                                options.rounds(),
                                options.millis(),
                                Stand.PROXIES_PROCESSOR,
                                Stand.SERVERS_PROCESSOR));
        add("");
        TextReport.timeHeader().forEach(this::add);
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    void add(String line) {
        lines.add(line);
        out.println(line);
    }

    /** Adds the second table and writes all files. */
    void end(List<RowResult> results) throws IOException {
        add("");
        TextReport.loads(results).forEach(this::add);
        Path directory = Files.createDirectories(options.results());
        String name = options.fileName();
        Files.write(directory.resolve(name + ".txt"), lines);
        Files.write(directory.resolve(name + ".csv"), CsvReport.lines(results));
        Files.writeString(directory.resolve(name + ".svg"), SvgPlot.of(results));
        out.println();
        out.println("Written: " + directory.resolve(name) + ".txt, .csv and .svg");
    }
}
