package io.bilitw.testkit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus' text format 0.0.4 and takes nothing that is not quite right: each family has
 * its help, its type and then all its samples, once; no series comes twice; the counts of a
 * histogram rise with their bounds and end with that of all; quantiles are for summaries.
 */
public final class PrometheusCheck {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern COMMENT =
            Pattern.compile("# (?<what>HELP|TYPE) (?<name>" + NAME + ") (?<text>.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("(?<name>" + NAME + ")(\\{(?<labels>.*)\\})? (?<value>\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("(?<name>[a-zA-Z_]\\w*)=\"(?<value>([^\"\\\\]|\\\\[\\\\n\"])*)\"(,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    private final Map<String, Double> series = new LinkedHashMap<>();
    private final Map<String, Map<Double, Double>> buckets = new LinkedHashMap<>();
    private final Set<String> families = new HashSet<>();
    private String family = "";
    private @Nullable String type;

    private PrometheusCheck() {}

    /**
     * Reads a whole text and returns its series, each with its name and labels as they stand.
     *
     * @throws AssertionError at the first fault
     */
    public static Map<String, Double> read(String text) {
        PrometheusCheck check = new PrometheusCheck();
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no end");
        }
        text.lines().forEach(check::line);
        check.buckets.forEach(check::checkBuckets);
        return check.series;
    }

    private void line(String line) {
        Matcher comment = COMMENT.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (comment.matches()) {
            comment(line, comment);
        } else if (sample.matches()) {
            sample(line, sample);
        } else {
            throw fault("neither a sample nor a comment", line);
        }
    }

    private void comment(String line, Matcher comment) {
        String name = comment.group("name");
        if (comment.group("what").equals("HELP")) {
            require(families.add(name), "a second help or a family in two pieces", line);
            require(family.isEmpty() || type != null, "the last family has no type", line);
            family = name;
            type = null;
        } else {
            require(name.equals(family) && type == null, "a type not behind its help", line);
            require(TYPES.contains(comment.group("text")), "no such type", line);
            type = comment.group("text");
            boolean isTotal = name.endsWith("_total");
            require(isTotal == Objects.equals(type, "counter"), "_total is for counters", line);
        }
    }

    private void sample(String line, Matcher sample) {
        String name = sample.group("name");
        String labels = sample.group("labels") == null ? "" : sample.group("labels");
        double value = Double.parseDouble(sample.group("value"));
        require(!Objects.equals(type, "counter") || value >= 0, "a negative count", line);
        String bound = label(line, labels, "le");
        String quantile = label(line, labels, "quantile");
        boolean isSummary = Objects.equals(type, "summary");
        require(isSummary || quantile.isEmpty(), "a quantile without a summary", line);
        if (Objects.equals(type, "histogram")) {
            String suffix = name.startsWith(family) ? name.substring(family.length()) : "";
            require(
                    Set.of("_bucket", "_sum", "_count").contains(suffix),
                    "not of this histogram",
                    line);
            require(suffix.equals("_bucket") == !bound.isEmpty(), "le is for buckets", line);
            if (!bound.isEmpty()) {
                double key =
                        bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
                String rest = labels.replaceAll(",?le=\"[^\"]*\"", "");
                Map<Double, Double> of =
                        buckets.computeIfAbsent(
                                family + "_count" + (rest.isEmpty() ? "" : "{" + rest + "}"),
                                _ -> new TreeMap<>());
                require(of.put(key, value) == null, "a bound comes twice", line);
            }
        } else if (isSummary && quantile.isEmpty()) {
            require(
                    name.equals(family + "_sum") || name.equals(family + "_count"),
                    "not of this summary",
                    line);
        } else {
            double share = isSummary ? Double.parseDouble(quantile) : 0;
            require(share >= 0 && share <= 1, "no share", line);
            require(type != null && name.equals(family), "not of this family", line);
        }
        String key = labels.isEmpty() ? name : name + "{" + labels + "}";
        require(series.put(key, value) == null, "a series comes twice", line);
    }

    /** Reads all labels and returns that of this name, or nothing. */
    private String label(String line, String labels, String wanted) {
        Matcher label = LABEL.matcher(labels);
        Set<String> names = new HashSet<>();
        String found = "";
        int at = 0;
        while (at < labels.length()) {
            require(label.find(at) && label.start() == at, "a malformed label", line);
            require(names.add(label.group("name")), "a label comes twice", line);
            if (label.group("name").equals(wanted)) {
                found = label.group("value");
            }
            at = label.end();
        }
        require(!labels.endsWith(","), "a comma at the end", line);
        return found;
    }

    private void checkBuckets(String count, Map<Double, Double> bounds) {
        double before = 0;
        for (Map.Entry<Double, Double> bound : bounds.entrySet()) {
            require(bound.getValue() >= before, "counts that fall at " + bound, count);
            before = bound.getValue();
        }
        require(
                bounds.containsKey(Double.POSITIVE_INFINITY)
                        && Objects.equals(series.get(count), before),
                "the last bucket is not the count",
                count);
        require(series.containsKey(count.replaceFirst("_count", "_sum")), "no sum", count);
    }

    private static void require(boolean holds, String what, String line) {
        if (!holds) {
            throw fault(what, line);
        }
    }

    private static AssertionError fault(String what, String line) {
        return new AssertionError(what + ": " + line);
    }
}
