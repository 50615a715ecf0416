package io.bilitw.stats;

import java.util.Locale;

/** The figures of a worker process as a whole. */
public enum WorkerMetric implements Metric {
    BUFFER_BYTES(Kind.GAUGE, "bytes of memory for buffers"),
    HEAP_BYTES(Kind.GAUGE, "bytes of the heap in use"),
    GC_PAUSES(Kind.COUNTER, "# garbage collections"),
    GC_MILLIS(
            Kind.COUNTER,
            "milliseconds spent in garbage collections",
            Exposition.seconds("worker_gc", 3, "time spent in garbage collections")),
    LOG_DROPS(Kind.COUNTER, "# log lines lost because the log was too slow");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Kind kind;
    private final String description;
    private final Exposition exposition;

    WorkerMetric(Kind kind, String description) {
        this(kind, description, Exposition.BY_NAME);
    }

    WorkerMetric(Kind kind, String description, Exposition exposition) {
        this.kind = kind;
        this.description = description;
        this.exposition = exposition;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Exposition exposition() {
        return exposition;
    }
}
