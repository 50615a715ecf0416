package io.bilitw.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The numbers of the stats port that are shown; a row's name in lower case is its name there. */
enum Figure {
    // of the instance
    UPTIME,
    RELOADS,
    FAILED_RELOADS,
    WORKER_RESTARTS,
    CURR_CONNECTIONS,
    // of a worker
    INDEX,
    PID,
    HEARTBEAT_AGE_MS,
    // of a worker or a pool
    CLIENT_CONNECTIONS,
    // of a pool
    CLIENT_EOF,
    CLIENT_ERR,
    CLIENT_ACCEPTS,
    CLIENT_REFUSED,
    SERVER_EJECTS,
    FORWARD_ERROR,
    FRAGMENTS,
    REQUESTS_GET,
    REQUESTS_READ,
    REQUESTS_WRITE,
    REQUESTS_OTHER,
    SLOW_REQUESTS,
    // of a server
    SERVER_EOF,
    SERVER_ERR,
    SERVER_TIMEDOUT,
    SERVER_CONNECTIONS,
    REQUESTS,
    REQUEST_BYTES,
    RESPONSE_BYTES,
    IN_QUEUE,
    OUT_QUEUE,
    EJECTED,
    GET_HITS,
    GET_MISSES,
    // of a pool or a server
    LATENCY_P50_US,
    LATENCY_P99_US,
    LATENCY_P999_US,
    LATENCY_MAX_US,
    LATENCY_COUNT,
    LATENCY_SUM_US;

    private static final Map<String, Figure> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toMap(Figure::label, Function.identity()));

    /** The figure that the stats port calls so, or null if it is not shown. */
    static @Nullable Figure labelled(String label) {
        return BY_LABEL.get(label);
    }

    /** Its name on the stats port. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
