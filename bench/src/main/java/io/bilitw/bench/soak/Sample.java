package io.bilitw.bench.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is seen at the end of an interval.
 *
 * @param seconds since the run began
 * @param perSecond requests answered, in the interval
 * @param p99Millis round trips of values that are not large, in the interval
 * @param p999Millis the same
 * @param workers the worker processes, those of an older generation included
 * @param bufferMegabytes what the workers have for buffers outside their heaps
 * @param heapMegabytes what is in use of the workers' heaps, garbage included
 * @param connections of clients and to servers
 * @param explained requests that failed because a server was restarted, since the run began
 * @param notes what has happened in the interval
 */
record Sample(
        double seconds,
        double perSecond,
        double p99Millis,
        double p999Millis,
        ProcessSample master,
        List<ProcessSample> workers,
        double bufferMegabytes,
        double heapMegabytes,
        long connections,
        long explained,
        List<String> notes) {

    static final String TITLE =
            """
                                     |     master     |              workers              | workers' sums
               time  req/s  p99 p99.9|  MB files threads|      MB        files      threads | buffers heap  conns| failed
                                ms   |                |                                   |      MB   MB        |
            """;

    /** Returns a line under the {@link #TITLE}. */
    String line() {
        return String.format(
                        Locale.ROOT,
                        "%s %6.0f %5.1f %5.1f| %4.0f %4d %5d   |%11s %12s %10s | %6.1f %5.1f %5d |"
                                + " %5d  %s",
                        time(seconds),
                        perSecond,
                        p99Millis,
                        p999Millis,
                        master.residentMegabytes(),
                        master.files(),
                        master.threads(),
                        ofWorkers(worker -> Math.round(worker.residentMegabytes())),
                        ofWorkers(ProcessSample::files),
                        ofWorkers(ProcessSample::threads),
                        bufferMegabytes,
                        heapMegabytes,
                        connections,
                        explained,
                        String.join(", ", notes))
                .stripTrailing();
    }

    private String ofWorkers(Function<ProcessSample, Object> figure) {
        return workers.stream()
                .map(worker -> figure.apply(worker).toString())
                .collect(Collectors.joining("+"));
    }

    /** Returns a time as hours, minutes and seconds. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        return "%2d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }
}
