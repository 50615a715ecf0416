package io.bilitw.admin;

import io.bilitw.stats.Snapshot;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What happened in each of the last five minutes' seconds, for the plots of the page. Samples are
 * taken only while somebody has asked in the last minute; when nobody looks, this costs nothing.
 * Safe for any thread.
 */
final class History implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("http");
    private static final JsonFactory JSON = new JsonFactory();
    private static final String SINCE = "since=";

    /** How long after a question somebody still looks. */
    static final Duration INTEREST = Duration.ofMinutes(1);

    private final Supplier<Snapshot> figures;
    private final long interestNanos;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("history").factory());
    private Samples samples = new Samples();
    private @Nullable ScheduledFuture<?> sampling;
    private long askedNanos;

    History(Supplier<Snapshot> figures, Duration interest) {
        this.figures = figures;
        interestNanos = interest.toNanos();
    }

    /** What writes those samples that are younger than the query says, in milliseconds. */
    Writing since(String query) {
        String digits = query.startsWith(SINCE) ? query.substring(SINCE.length()) : "";
        boolean isNumber =
                !digits.isEmpty()
                        && digits.length() < 16
                        && digits.chars().allMatch(it -> it >= '0' && it <= '9');
        ask();
        return new Writing(isNumber ? Long.parseLong(digits) : 0);
    }

    /** Writes what has happened since a moment. */
    final class Writing {

        private final long sinceMillis;

        private Writing(long sinceMillis) {
            this.sinceMillis = sinceMillis;
        }

        void write(OutputStream out) {
            JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);
            synchronized (History.this) {
                samples.write(json, sinceMillis);
            }
            json.flush();
        }
    }

    private synchronized void ask() {
        askedNanos = System.nanoTime();
        if (sampling == null) {
            samples = new Samples();
            sampling = timer.scheduleAtFixedRate(this::sample, 0, 1, TimeUnit.SECONDS);
        }
    }

    private void sample() {
        try {
            Snapshot now = figures.get();
            take(now);
        } catch (RuntimeException bug) {
            log.error("taking a sample", bug);
        }
    }

    private synchronized void take(Snapshot now) {
        samples.add(now, System.currentTimeMillis(), System.nanoTime());
        ScheduledFuture<?> running = sampling;
        if (running != null && System.nanoTime() - askedNanos > interestNanos) {
            running.cancel(false);
            sampling = null;
        }
    }

    synchronized boolean isSampling() {
        return sampling != null;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
