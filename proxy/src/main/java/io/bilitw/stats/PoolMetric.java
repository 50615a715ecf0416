package io.bilitw.stats;

/**
 * The figures of a pool, in the order and with the descriptions of twemproxy
 * (nc_stats.h:STATS_POOL_CODEC).
 */
public enum PoolMetric {
    CLIENT_EOF("# eof on client connections"),
    CLIENT_ERR("# errors on client connections"),
    CLIENT_CONNECTIONS("# active client connections"),
    SERVER_EJECTS("# times backend server was ejected"),
    FORWARD_ERROR("# times we encountered a forwarding error"),
    FRAGMENTS("# fragments created from a multi-vector request");

    private final String description;

    PoolMetric(String description) {
        this.description = description;
    }

    /** What the figure means, in one phrase. */
    public String description() {
        return description;
    }
}
