package io.bilitw.admin;

import io.bilitw.config.ConfigJson;
import io.bilitw.stats.PrometheusText;
import io.bilitw.stats.SlowLogJson;
import org.jspecify.annotations.Nullable;

/** The paths there are; a new one is one row here. */
enum Endpoint {
    PAGE("/", (_, _, _) -> Page.answer()),
    METRICS(
            "/metrics",
            (master, _, _) ->
                    Answer.of(
                            PrometheusText.TYPE,
                            out ->
                                    new PrometheusText(master.snapshot(), master.version())
                                            .write(out))),
    STATS("/stats", (master, _, _) -> Answer.json(master::writeStats)),
    HISTORY("/history", (_, history, query) -> Answer.json(history.since(query)::write)),
    SLOW_LOG(
            "/slowlog",
            (master, _, _) -> Answer.json(out -> SlowLogJson.write(master.slowLog(), out))),
    CONFIG("/config", (master, _, _) -> Answer.json(out -> ConfigJson.write(master.config(), out))),
    HEALTH(
            "/health",
            (master, _, _) ->
                    master.isAlive()
                            ? Answer.line(200, "ok")
                            : Answer.line(503, "the master's thread has ended")),
    READY("/ready", (master, _, _) -> ready(master));

    private final String path;
    private final Handler handler;

    Endpoint(String path, Handler handler) {
        this.path = path;
        this.handler = handler;
    }

    /** The row with that path, or null. */
    static @Nullable Endpoint of(String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint.path.equals(path)) {
                return endpoint;
            }
        }
        return null;
    }

    /** Answers a request; {@code query} is what stands behind the question mark, or nothing. */
    Answer answer(MasterView master, History history, String query) {
        return handler.answer(master, history, query);
    }

    private static Answer ready(MasterView master) {
        String obstacle = Readiness.obstacle(master);
        return obstacle.isEmpty() ? Answer.line(200, "ready") : Answer.line(503, obstacle);
    }

    @FunctionalInterface
    private interface Handler {
        Answer answer(MasterView master, History history, String query);
    }
}
