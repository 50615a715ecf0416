package io.bilitw.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The faults of one load: all are counted, the first are kept as sentences. For many threads.
 *
 * <p>While nobody listens, new connections are refused by the hundred. They get only half of the
 * places, so that what happens to the kept clients can still be read.
 */
final class LoadFaults {

    private static final int LIMIT = 50;
    private static final int LIMIT_OF_NEW = LIMIT / 2;

    private final long startNanos;
    private final List<String> sentences = new ArrayList<>();
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    private int placesOfNew = LIMIT_OF_NEW;
    private boolean isEnded;

    LoadFaults(long startNanos) {
        this.startNanos = startNanos;
    }

    /** Takes down the fault of a client that was to keep its connection. */
    synchronized void ofKept(String client, LoadFault fault) {
        add(client, fault, sentences.size() < LIMIT);
    }

    /** Takes down the fault of a connection that was just opened or was to be. */
    synchronized void ofNew(String client, LoadFault fault) {
        placesOfNew--;
        add(client, fault, placesOfNew >= 0 && sentences.size() < LIMIT);
    }

    private void add(String client, LoadFault fault, boolean hasPlace) {
        if (isEnded) {
            return;
        }
        counts.merge(fault.kind(), 1L, Long::sum);
        if (hasPlace) {
            long millis = (System.nanoTime() - startNanos) / 1_000_000;
            sentences.add(client + ", " + millis + " ms after the start: " + fault.getMessage());
        }
    }

    /** Takes down nothing more: from here on the load cuts its connections itself. */
    synchronized void end() {
        isEnded = true;
    }

    synchronized List<String> sentences() {
        return List.copyOf(sentences);
    }

    synchronized long count(FaultKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many there were of which kind, and what is known of them, a line each. */
    @Override
    public synchronized String toString() {
        return count() + " faults " + counts + ":\n" + String.join("\n", sentences);
    }
}
