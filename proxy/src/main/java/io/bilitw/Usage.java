package io.bilitw;

import io.bilitw.stats.Metric;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.TimeFigure;
import io.bilitw.stats.WorkerMetric;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The texts of {@code -V} and {@code -h}. */
final class Usage {

    private static final String SYNOPSIS =
            """
            Usage: bilitw [-hVdDt] [-v verbosity level] [-o output file]
                          [-c conf file] [-s stats port] [-a stats addr]
                          [-i stats interval] [-p pid file] [-m mbuf size]
                          [-n workers] [-M core mask] [--http-port port]
                          [--http-addr addr]
                   bilitw stats | top [-h]

            Options:
            """;

    private static final String COMMANDS =
            """
            Commands, each as the first word:
            """;

    private Usage() {}

    static String version() {
        return "This is bilitw-" + Version.CURRENT + "\n\n";
    }

    /**
     * The synopsis and a line for each option, with the colons in column 26 as twemproxy has them;
     * then the commands.
     */
    static String help() {
        return Arrays.stream(Option.values())
                        .map(Usage::line)
                        .collect(Collectors.joining("", SYNOPSIS, "\n"))
                + Arrays.stream(Command.values())
                        .map(Usage::lines)
                        .collect(Collectors.joining("", COMMANDS, "\n"));
    }

    /** What the figures mean (twemproxy nc_stats.c:stats_describe). */
    static String stats() {
        return section("pool", PoolMetric.values(), "latency", "times from request to response")
                + "\n"
                + section("server", ServerMetric.values(), "latency", "times at the server")
                + "\n"
                + section("worker", WorkerMetric.values(), "turn", "times of turns of event loops");
    }

    private static String section(String name, Metric[] table, String times, String meaning) {
        return name
                + " stats:\n"
                + Arrays.stream(table)
                        .map(metric -> metric(metric.label(), metric.description()))
                        .collect(Collectors.joining())
                + Arrays.stream(TimeFigure.values())
                        .map(figure ->
                                metric(figure.label(times), meaning + ": " + figure.description()))
                        .collect(Collectors.joining());
    }

    private static String metric(String name, String description) {
        return "  %-20s\"%s\"\n".formatted(name, description);
    }

    private static String lines(Command command) {
        return "  bilitw %s\n%s".formatted(command.synopsis(), command.description().indent(6));
    }

    private static String line(Option option) {
        String name = option.longForm() + option.argument().label();
        return "  %s %-19s: %s\n".formatted(option.letterColumn(), name, option.description());
    }
}
