package io.bilitw.stats;

/**
 * The figures of a server, in the order and with the descriptions of twemproxy
 * (nc_stats.h:STATS_SERVER_CODEC).
 */
public enum ServerMetric {
    SERVER_EOF("# eof on server connections"),
    SERVER_ERR("# errors on server connections"),
    SERVER_TIMEDOUT("# timeouts on server connections"),
    SERVER_CONNECTIONS("# active server connections"),
    SERVER_EJECTED_AT("timestamp when server was ejected in usec since epoch"),
    REQUESTS("# requests"),
    REQUEST_BYTES("total request bytes"),
    RESPONSES("# responses"),
    RESPONSE_BYTES("total response bytes");

    private final String description;

    ServerMetric(String description) {
        this.description = description;
    }

    /** What the figure means, in one phrase. */
    public String description() {
        return description;
    }
}
