package io.bilitw.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;

/** Documents of stats ports. */
final class Samples {

    /** As nutcracker 0.5.0 gives it, with fewer servers. */
    static final String NUTCRACKER =
            """
            {"service":"nutcracker", "source":"vm", "version":"0.5.0", "uptime":2, \
            "timestamp":1795348019, "total_connections":48, "curr_connections":7, \
            "mc": {"client_eof":0, "client_err":0, "client_connections":1, "server_ejects":0, \
            "forward_error":0, "fragments":0, "127.0.0.1:27060": {"server_eof":0, "server_err":0, \
            "server_timedout":0, "server_connections":1, "server_ejected_at":0, "requests":2, \
            "request_bytes":28, "responses":2, "response_bytes":29, "in_queue":0, \
            "in_queue_bytes":0, "out_queue":0, "out_queue_bytes":0}}}
            """;

    private Samples() {}

    /** Reads what must be a document of a stats port. */
    static Sample read(String text) {
        return SampleReader.read(new ByteArrayInputStream(text.getBytes(UTF_8))).orElseThrow();
    }

    /** A bilitw, up for so long, with one worker and pool {@code alpha} of two servers. */
    static Sample bilitw(int uptimeSeconds, long requestsOne, long requestsTwo) {
        return read(
                """
                {"service":"bilitw", "source":"vm", "version":"1.0", "uptime":%d, \
                "curr_connections":7, "reloads":1, "failed_reloads":2, "worker_restarts":3, \
                "workers":[{"index":0, "pid":4711, "state":"serving", "uptime":70, \
                "heartbeat_age_ms":4, "client_connections":5}], \
                "alpha":{"client_connections":5, "requests_get":%d, "requests_read":0, \
                "requests_write":%d, "requests_other":0, \
                "one":{"requests":%d}, "two":{"requests":%d}}}
                """
                        .formatted(
                                uptimeSeconds, requestsOne, requestsTwo, requestsOne, requestsTwo));
    }
}
