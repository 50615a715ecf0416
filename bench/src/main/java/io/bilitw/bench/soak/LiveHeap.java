package io.bilitw.bench.soak;

import static java.util.stream.Collectors.joining;

import io.bilitw.bench.process.ProcessFigures;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is reachable in the heap of a JVM.
 *
 * @param bytesOfClass how much of it the objects of each class take
 */
record LiveHeap(Map<String, Long> bytesOfClass) {

    /** For example {@code 12: 345 6789 java.lang.String (java.base@25)}. */
    private static final Pattern ROW =
            Pattern.compile("^ *\\d+: +\\d+ +(\\d+) +(\\S+)", Pattern.MULTILINE);

    /** What the collector fills holes with. */
    private static final String FILLER = "FillerElement";

    private static final int CLASSES = 5;
    private static final double MEGABYTE = 1 << 20;

    /** Has the JVM collect all garbage, and asks it what is left. */
    static LiveHeap of(long pid) throws IOException {
        return parse(ProcessFigures.classHistogram(pid));
    }

    /** Reads what the JVM prints. */
    static LiveHeap parse(String histogram) throws IOException {
        Map<String, Long> bytes = new HashMap<>();
        for (Matcher row = ROW.matcher(histogram); row.find(); ) {
            if (row.group(2).contains(FILLER)) {
                continue;
            }
            bytes.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum);
        }
        if (bytes.isEmpty()) {
            throw new IOException("jcmd names no classes: " + histogram.strip());
        }
        return new LiveHeap(bytes);
    }

    double megabytes() {
        return bytesOfClass.values().stream().mapToLong(Long::longValue).sum() / MEGABYTE;
    }

    /** Names the classes whose objects take most more than before. */
    String grownSince(LiveHeap before) {
        Map<String, Long> grown = new HashMap<>();
        bytesOfClass.forEach((name, bytes) ->
                grown.put(name, bytes - before.bytesOfClass.getOrDefault(name, 0L)));
        return grown.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(CLASSES)
                .map(entry -> entry.getKey() + " +" + entry.getValue() + " bytes")
                .collect(joining(", "));
    }
}
