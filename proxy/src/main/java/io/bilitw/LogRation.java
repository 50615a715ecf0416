package io.bilitw;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back lines of one kind that come too thick: a dead server fails as often as clients ask for
 * it, and a client may connect again and again. Lines are of one kind if they have the same words
 * and the same first value, such as the server.
 *
 * <p>Details, from debug on, are not held back, as somebody has asked for them.
 */
final class LogRation {

    /** Lines of a kind in a second. */
    static final int LINES = 10;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The loggers of events that peers cause. */
    private static final Set<String> OF_PEERS = Set.of("client", "net", "pool", "server");

    private final LongSupplier clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private long beginNanos;
    private boolean isOn;

    /** Makes a ration that holds nothing back yet; {@code clock} is in nanoseconds. */
    LogRation(LongSupplier clock) {
        this.clock = clock;
        beginNanos = clock.getAsLong();
    }

    /** Begins or ends to hold lines back. */
    synchronized void turn(boolean on) {
        isOn = on;
    }

    /**
     * What is to stand behind the text of {@code event}, mostly nothing; null if it is to be left
     * out.
     */
    synchronized @Nullable String note(ILoggingEvent event) {
        if (!isOn
                || !OF_PEERS.contains(event.getLoggerName())
                || !event.getLevel().isGreaterOrEqual(Level.INFO)) {
            return "";
        }
        long now = clock.getAsLong();
        if (now - beginNanos >= SECOND) {
            beginNanos = now;
            counts.clear();
        }
        Object[] values = event.getArgumentArray();
        String first = values == null || values.length == 0 ? "" : String.valueOf(values[0]);
        int count = counts.merge(event.getMessage() + first, 1, Integer::sum);
        if (count < LINES) {
            return "";
        }
        return count == LINES ? " (more like this are left out for up to a second)" : null;
    }
}
