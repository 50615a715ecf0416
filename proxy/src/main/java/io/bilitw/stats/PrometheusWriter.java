package io.bilitw.stats;

import java.io.IOException;
import java.io.Writer;

/**
 * Writes figures in Prometheus' text format 0.0.4: for each family its help and its type, and then
 * all its samples.
 *
 * <p>Labels come as they stand between the braces, for example {@code pool="alpha"}; {@link #label}
 * makes one.
 */
final class PrometheusWriter {

    /**
     * Upper ends of the ranges of times, in microseconds. Each begins a range of {@link Histogram},
     * so that the counts below them are exact.
     */
    static final long[] BOUNDS_MICROS = {
        1L << 7, 1L << 8, 1L << 9, 1L << 10, 1L << 11, 1L << 12, 1L << 13, 1L << 14, 1L << 15,
        1L << 16, 1L << 18, 1L << 20, 1L << 22, 1L << 23
    };

    private static final TimeFigure[] TIMES = TimeFigure.values();
    private static final int MICRO = 6;
    private static final String[] BOUNDS = bounds();

    private final Writer out;
    private String family = "";

    PrometheusWriter(Writer out) {
        this.out = out;
    }

    private static String[] bounds() {
        String[] bounds = new String[BOUNDS_MICROS.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = label("le", seconds(BOUNDS_MICROS[i]));
        }
        return bounds;
    }

    /** Begins the family of that name, if it is not the one that is being written. */
    void begin(String name, String type, String help) throws IOException {
        if (name.equals(family)) {
            return;
        }
        family = name;
        out.append("# HELP ").append(name).append(' ');
        out.append(help.replace("\\", "\\\\").replace("\n", "\\n"));
        out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** Writes a sample whose value has so many digits behind the point. */
    void sample(String labels, long value, int decimals) throws IOException {
        line("", labels, "", decimal(value, decimals));
    }

    /** Writes all samples of a histogram, in seconds. */
    void histogram(String labels, Latencies latencies) throws IOException {
        for (int i = 0; i < BOUNDS.length; i++) {
            line(
                    "_bucket",
                    labels,
                    BOUNDS[i],
                    Long.toString(latencies.countBelow(BOUNDS_MICROS[i])));
        }
        line("_bucket", labels, "le=\"+Inf\"", Long.toString(latencies.count()));
        sumAndCount(labels, latencies);
    }

    /** Writes all samples of a summary, in seconds. */
    void summary(String labels, Latencies latencies) throws IOException {
        for (TimeFigure figure : TIMES) {
            if (!figure.share().isEmpty()) {
                line("", labels, label("quantile", figure.share()), seconds(figure.of(latencies)));
            }
        }
        sumAndCount(labels, latencies);
    }

    private void sumAndCount(String labels, Latencies latencies) throws IOException {
        line("_sum", labels, "", seconds(latencies.sumMicros()));
        line("_count", labels, "", Long.toString(latencies.count()));
    }

    private static String seconds(long micros) {
        return decimal(micros, MICRO);
    }

    private void line(String suffix, String labels, String label, String value) throws IOException {
        out.append(family).append(suffix);
        if (!labels.isEmpty() || !label.isEmpty()) {
            out.append('{').append(join(labels, label)).append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    /** Puts labels behind each other. */
    static String join(String some, String more) {
        return some.isEmpty() || more.isEmpty() ? some + more : some + ',' + more;
    }

    /** A label, its value escaped. */
    static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + '"';
    }

    /** The decimal fraction with the digits of {@code value}, {@code decimals} behind the point. */
    static String decimal(long value, int decimals) {
        String digits = Long.toString(value);
        if (decimals == 0 || value == 0) {
            return digits;
        }
        String sign = value < 0 ? "-" : "";
        digits = "0".repeat(decimals) + digits.substring(sign.length());
        int point = digits.length() - decimals;
        int end = digits.length();
        while (end > point && digits.charAt(end - 1) == '0') {
            end--;
        }
        int begin = 0;
        while (begin < point - 1 && digits.charAt(begin) == '0') {
            begin++;
        }
        String whole = sign + digits.substring(begin, point);
        return end == point ? whole : whole + '.' + digits.substring(point, end);
    }
}
