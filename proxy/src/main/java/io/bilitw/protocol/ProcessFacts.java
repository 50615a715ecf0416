package io.bilitw.protocol;

import java.time.Duration;
import java.time.Instant;

/** What a protocol may tell a client about the process. */
public final class ProcessFacts {

    private static final Instant STARTED =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    private ProcessFacts() {}

    /** Seconds since the process was started. */
    public static long uptimeSeconds() {
        return Math.max(0, Duration.between(STARTED, Instant.now()).toSeconds());
    }

    /** Its number in the system. */
    public static long pid() {
        return ProcessHandle.current().pid();
    }
}
