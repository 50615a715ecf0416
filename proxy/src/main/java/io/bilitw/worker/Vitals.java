package io.bilitw.worker;

import io.bilitw.stats.Counters;
import io.bilitw.stats.WorkerMetric;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongSupplier;

/** What this process uses, as far as the virtual machine says, and what its log has lost. */
final class Vitals {

    private final Counters<WorkerMetric> counters;
    private long seenPauses;
    private long seenMillis;
    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getGarbageCollectorMXBeans();
    private final LongSupplier lostLines;

    /** Makes them known in {@code counters}; takes some milliseconds, so not on the event loop. */
    Vitals(Counters<WorkerMetric> counters, LongSupplier lostLines) {
        this.counters = counters;
        this.lostLines = lostLines;
    }

    /** Reads them; on the event loop, which writes the figures. */
    void read() {
        long pauses = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            pauses += collector.getCollectionCount();
            millis += collector.getCollectionTime();
        }
        counters.set(WorkerMetric.GC_PAUSES, pauses);
        counters.set(WorkerMetric.GC_MILLIS, millis);
        if (pauses > seenPauses) {
            // of several in so short a time only the mean is known
            long longest = Math.ceilDiv(millis - seenMillis, pauses - seenPauses);
            long before = counters.value(WorkerMetric.GC_LONGEST_MILLIS);
            counters.set(WorkerMetric.GC_LONGEST_MILLIS, Math.max(before, longest));
        }
        seenPauses = pauses;
        seenMillis = millis;
        Runtime runtime = Runtime.getRuntime();
        counters.set(WorkerMetric.HEAP_BYTES, runtime.totalMemory() - runtime.freeMemory());
        counters.set(WorkerMetric.BUFFER_BYTES, PlatformDependent.usedDirectMemory());
        counters.set(WorkerMetric.BUFFER_LIMIT_BYTES, PlatformDependent.maxDirectMemory());
        counters.set(WorkerMetric.LOG_DROPS, lostLines.getAsLong());
    }
}
