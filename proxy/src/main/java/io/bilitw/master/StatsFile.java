package io.bilitw.master;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The file that the figures are appended to every now and then, a line each time. It is opened anew
 * for each line, so whoever moves it away needs to tell nobody. A link is not followed, as the file
 * lies in a directory for everybody unless the configuration says otherwise. Confined to the
 * master's thread.
 */
final class StatsFile {

    private static final Logger log = LoggerFactory.getLogger("stats");

    private final Consumer<OutputStream> figures;
    private long lastNanos = System.nanoTime();
    private boolean isFailing;

    /** Prepares to write what {@code figures} writes. */
    StatsFile(Consumer<OutputStream> figures) {
        this.figures = figures;
    }

    /**
     * Appends a line to {@code file} if the last one was {@code period} ago.
     *
     * @return how long it is to the next one, in nanoseconds
     */
    long appendIfDue(Path file, Duration period) {
        long now = System.nanoTime();
        long early = period.toNanos() - (now - lastNanos);
        if (early > 0) {
            return early;
        }
        lastNanos = now;
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND,
                                LinkOption.NOFOLLOW_LINKS))) {
            figures.accept(out);
            isFailing = false;
        } catch (IOException | JacksonException e) {
            if (!isFailing) {
                log.warn("cannot append to stats_file '{}': {}", file, e.toString());
            }
            isFailing = true; // said once, not every time
        }
        return period.toNanos();
    }
}
