package io.bilitw.bench.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

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
                "nutcracker %s, redis %s, memcached %s, Java %s"
                        .formatted(
                                version("nutcracker", "-V"),
                                version("redis-server", "--version"),
                                version("memcached", "-V"),
                                Runtime.version()));
        add(
                "%d rounds of %d ms; proxies on processor %s, servers and load on processor %s"
                        .formatted(
                                options.rounds(),
                                options.millis(),
                                Stand.PROXIES_PROCESSOR,
                                Stand.SERVERS_PROCESSOR));
        if (!options.rows().isEmpty()) {
            add("");
            TextReport.timeHeader().forEach(this::add);
        }
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String version(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return said.replaceFirst("(?s)^.*?(\\d+\\.\\d+\\.\\d+).*$", "$1");
    }

    void add(String line) {
        lines.add(line);
        out.println(line);
    }

    /** Adds what is left to say of the rows and writes it all. */
    void endRows(List<RowResult> results) throws IOException {
        add("");
        TextReport.loads(results).forEach(this::add);
        add("");
        TextReport.latencies(results).forEach(this::add);
        write(".csv", CsvReport.lines(results));
        write(".svg", List.of(SvgPlot.of(results)));
        write(".txt", lines);
    }

    /** Begins the table of what stands beside the rows. */
    void beginFigures() {
        add("");
        Figure.header().forEach(this::add);
    }

    /** Writes what stands beside the rows. */
    void endFigures(List<Figure> figures) throws IOException {
        write(".beside.csv", Figure.csv(figures));
        write(".txt", lines);
    }

    private void write(String ending, List<String> text) throws IOException {
        Files.createDirectories(options.results());
        Path file = options.results().resolve(options.fileName() + ending);
        Files.write(file, text);
        out.println("Written: " + file);
    }
}
