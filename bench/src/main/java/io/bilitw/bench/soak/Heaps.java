package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The heaps of some processes without garbage, early and late. */
final class Heaps {

    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final Map<String, Long> pids = new LinkedHashMap<>();
    private final Map<String, LiveHeap> early = new LinkedHashMap<>();

    /** Looks at the heap of a process for the first time. */
    void begin(String whose, long pid) throws IOException {
        pids.put(whose, pid);
        early.put(whose, LiveHeap.of(pid));
    }

    /** Looks once more at all that was begun with, and compares. */
    void end() throws IOException {
        for (Map.Entry<String, LiveHeap> each : early.entrySet()) {
            long pid = pids.getOrDefault(each.getKey(), 0L);
            if (ProcessHandle.of(pid).isPresent()) {
                compare(each.getKey(), each.getValue(), LiveHeap.of(pid));
            }
        }
        early.clear();
    }

    private void compare(String whose, LiveHeap before, LiveHeap after) {
        Comparison comparison = Gauge.HEAP.compare(whose, List.of(before), List.of(after));
        comparisons.add(comparison);
        if (comparison.hasGrown()) {
            reasons.add(whose + ": " + after.grownSince(before));
        }
    }

    List<Comparison> comparisons() {
        return comparisons;
    }

    /** Returns what the heaps have more of that have grown. */
    List<String> reasons() {
        return reasons;
    }
}
