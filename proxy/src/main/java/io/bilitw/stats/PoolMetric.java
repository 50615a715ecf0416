package io.bilitw.stats;

/**
 * The figures of a pool: those of twemproxy in its order and with its descriptions
 * (nc_stats.h:STATS_POOL_CODEC), then ours.
 */
public enum PoolMetric implements Metric {
    CLIENT_EOF(Kind.COUNTER, "# eof on client connections"),
    CLIENT_ERR(
            Kind.COUNTER, "# errors on client connections", Exposition.named("pool_client_errors")),
    CLIENT_CONNECTIONS(Kind.GAUGE, "# active client connections"),
    SERVER_EJECTS(Kind.COUNTER, "# times backend server was ejected"),
    FORWARD_ERROR(
            Kind.COUNTER,
            "# times we encountered a forwarding error",
            Exposition.named("pool_forward_errors")),
    FRAGMENTS(Kind.COUNTER, "# fragments created from a multi-vector request"),
    CLIENT_ACCEPTS(Kind.COUNTER, "# client connections accepted"),
    CLIENT_REFUSED(Kind.COUNTER, "# client connections refused for client_connections"),
    CLIENT_IDLE(Kind.COUNTER, "# client connections closed for client_idle_timeout"),
    CLIENT_PAUSES(Kind.COUNTER, "# times a client was not read on because memory was short"),
    CLIENT_SHED(Kind.COUNTER, "# client connections closed because memory was short"),
    REQUESTS_GET(Kind.COUNTER, "# requests for values by their keys", requestsOf("get")),
    REQUESTS_READ(Kind.COUNTER, "# requests that read otherwise", requestsOf("read")),
    REQUESTS_WRITE(Kind.COUNTER, "# requests that write", requestsOf("write")),
    REQUESTS_OTHER(Kind.COUNTER, "# requests that do neither", requestsOf("other")),
    SLOW_REQUESTS(Kind.COUNTER, "# requests slower than slow_req_duration");

    private final Row row;

    PoolMetric(Kind kind, String description) {
        this(kind, description, Exposition.BY_NAME);
    }

    PoolMetric(Kind kind, String description, Exposition exposition) {
        row = Row.of(name(), kind, description, exposition);
    }

    private static Exposition requestsOf(String kind) {
        return Exposition.oneOf(
                "requests",
                "kind=\"" + kind + "\"",
                "requests of clients: for values by their keys (get), that read otherwise, that"
                        + " write, that do neither");
    }

    @Override
    public Row row() {
        return row;
    }
}
