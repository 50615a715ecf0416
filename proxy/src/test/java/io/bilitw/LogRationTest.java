package io.bilitw;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogRationTest {

    private static final String CLOSED = "connection to server '{}' is closed: {}";

    private final AtomicLong clock = new AtomicLong();
    private final LogRation ration = new LogRation(clock::get);

    @BeforeEach
    void turnOn() {
        ration.turn(true);
    }

    @Test
    void leavesOutWhatComesTooThickAndSaysSo() {
        for (int i = 1; i < LogRation.LINES; i++) {
            assertThat(note("server", Level.INFO, "a", i)).isEmpty();
        }
        assertThat(note("server", Level.INFO, "a", 0))
                .isEqualTo(" (more like this are left out for up to a second)");
        assertThat(note("server", Level.INFO, "a", 0)).isNull();
        assertThat(note("server", Level.INFO, "b", 0)).as("another server").isEmpty();

        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(note("server", Level.INFO, "a", 0)).as("a second later").isEmpty();
    }

    @Test
    void leavesOutNeitherDetailsNorWhatNoPeerCauses() {
        for (int i = 0; i < 2 * LogRation.LINES; i++) {
            assertThat(note("server", Level.DEBUG, "a", 0)).isEmpty();
            assertThat(note("master", Level.ERROR, "a", 0)).isEmpty();
        }
    }

    @Test
    void leavesOutNothingWhenItIsOff() {
        ration.turn(false);

        for (int i = 0; i < 2 * LogRation.LINES; i++) {
            assertThat(note("client", Level.WARN, "a", 0)).isEmpty();
        }
    }

    private @Nullable String note(String logger, Level level, Object... values) {
        Logger named = (Logger) LoggerFactory.getLogger(logger);
        return ration.note(new LoggingEvent("", named, level, CLOSED, null, values));
    }
}
