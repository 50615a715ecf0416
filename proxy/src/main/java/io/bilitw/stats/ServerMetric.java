package io.bilitw.stats;

/**
 * The figures of a server: those of twemproxy in its order and with its descriptions
 * (nc_stats.h:STATS_SERVER_CODEC), then ours.
 */
public enum ServerMetric implements Metric {
    SERVER_EOF(Kind.COUNTER, "# eof on server connections"),
    SERVER_ERR(Kind.COUNTER, "# errors on server connections", Exposition.named("server_errors")),
    SERVER_TIMEDOUT(
            Kind.COUNTER, "# timeouts on server connections", Exposition.named("server_timeouts")),
    SERVER_CONNECTIONS(Kind.GAUGE, "# active server connections"),
    SERVER_EJECTED_AT(
            Kind.GREATEST,
            "timestamp when server was ejected in usec since epoch",
            Exposition.seconds(
                    "server_ejected_timestamp", 6, "when the server was last ejected, since 1970")),
    REQUESTS(Kind.COUNTER, "# requests"),
    REQUEST_BYTES(Kind.COUNTER, "total request bytes"),
    RESPONSES(Kind.COUNTER, "# responses"),
    RESPONSE_BYTES(Kind.COUNTER, "total response bytes"),
    IN_QUEUE(Kind.GAUGE, "# requests in incoming queue"),
    IN_QUEUE_BYTES(Kind.GAUGE, "current request bytes in incoming queue"),
    OUT_QUEUE(Kind.GAUGE, "# requests in outgoing queue"),
    OUT_QUEUE_BYTES(Kind.GAUGE, "current request bytes in outgoing queue"),
    SERVER_CONNECTS(Kind.COUNTER, "# server connections opened"),
    EJECTED(Kind.GAUGE, "# workers that have ejected the server now"),
    GET_HITS(Kind.COUNTER, "# keys asked for that were found"),
    GET_MISSES(Kind.COUNTER, "# keys asked for that were not found"),
    FAILED_FAST(Kind.COUNTER, "# requests failed at once, as the server had just failed"),
    PROBES(Kind.COUNTER, "# probes of the server while it was ejected"),
    PROBE_FAILURES(Kind.COUNTER, "# probes it has not answered as it should");

    private final Row row;

    ServerMetric(Kind kind, String description) {
        this(kind, description, Exposition.BY_NAME);
    }

    ServerMetric(Kind kind, String description, Exposition exposition) {
        row = Row.of(name(), kind, description, exposition);
    }

    @Override
    public Row row() {
        return row;
    }
}
