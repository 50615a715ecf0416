package io.bilitw.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The heaps of some processes without garbage, early and late. */
final class Heaps {

    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final Map<String, Long> pids = new LinkedHashMap<>();
    private final Map<String, LiveHeap> early = new LinkedHashMap<>();

    /** Looks at the heap of a process for the first time. */
    void begin(String whose, long pid) throws IOException {
        pids.put(whose, pid);
        look(pid).ifPresent(heap -> early.put(whose, heap));
    }

    /** Looks once more at all that was begun with and lives, and compares. */
    void end() throws IOException {
        for (Map.Entry<String, LiveHeap> each : early.entrySet()) {
            look(pids.getOrDefault(each.getKey(), 0L))
                    .ifPresent(late -> compare(each.getKey(), each.getValue(), late));
        }
        early.clear();
    }

    private static Optional<LiveHeap> look(long pid) throws IOException {
        try {
            return Optional.of(LiveHeap.of(pid));
        } catch (IOException e) {
            if (ProcessHandle.of(pid).isPresent()) {
                throw e;
            }
            return Optional.empty(); // what has died is told of elsewhere
        }
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
