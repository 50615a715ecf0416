package io.bilitw.stats;

/** The figures of a worker process as a whole. */
public enum WorkerMetric implements Metric {
    BUFFER_BYTES(Kind.GAUGE, "bytes of memory for buffers"),
    BUFFER_LIMIT_BYTES(Kind.GAUGE, "bytes of memory that buffers may take"),
    HEAP_BYTES(Kind.GAUGE, "bytes of the heap in use"),
    GC_PAUSES(Kind.COUNTER, "# garbage collections"),
    GC_MILLIS(
            Kind.COUNTER,
            "milliseconds spent in garbage collections",
            Exposition.seconds("worker_gc", 3, "time spent in garbage collections")),
    GC_LONGEST_MILLIS(
            Kind.GREATEST,
            "milliseconds of the longest garbage collection",
            Exposition.seconds("worker_gc_longest", 3, "time of the longest garbage collection")),
    LOG_DROPS(Kind.COUNTER, "# log lines lost because the log was too slow");

    private final Row row;

    WorkerMetric(Kind kind, String description) {
        this(kind, description, Exposition.BY_NAME);
    }

    WorkerMetric(Kind kind, String description, Exposition exposition) {
        row = Row.of(name(), kind, description, exposition);
    }

    @Override
    public Row row() {
        return row;
    }
}
