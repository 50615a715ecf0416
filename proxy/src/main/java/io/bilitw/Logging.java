package io.bilitw;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.bilitw.control.ProcessLog;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of the process: one line an event, to a file or to stderr.
 *
 * <p>Lines are written by a thread of their own. Whoever logs never waits: when the disk is slow or
 * full, lines are lost, not requests. Closing writes what is queued.
 */
public final class Logging implements ProcessLog, AutoCloseable {

    /**
     * The name of the logger whose lines appear at every level: start, end, and what went wrong
     * there.
     */
    static final String ALWAYS = "bilitw";

    /** The same for slow requests, which an operator has asked for in the configuration. */
    private static final String SLOW_LOG = "slowlog";

    /** The logger of single requests, which {@code net.Loop} names too. */
    private static final String REQUESTS = "request";

    private static final int QUEUE_LINES = 8192;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final LogRation ration = new LogRation(System::nanoTime);
    private final LogQueue queue;
    private final @Nullable Path file;

    private Logging(String process, @Nullable Path file) throws IOException {
        this.file = file;
        LogFile out = file == null ? LogFile.stderr() : LogFile.open(file);
        queue = new LogQueue(QUEUE_LINES, ration, new LineEncoder(process), out);
    }

    /**
     * Opens the log.
     *
     * @param process what stands before the component in a line, for example {@code worker0/}
     * @param verbosity twemproxy's level, 0 to 11, see {@link #setVerbosity}
     * @param file the file to append to, created with mode 0644, or null for stderr
     * @throws IOException with a sentence for the operator, when the file cannot be opened
     */
    static Logging start(String process, int verbosity, @Nullable Path file) throws IOException {
        Logging logging = new Logging(process, file);
        logging.attach();
        logging.setVerbosity(verbosity);
        return logging;
    }

    /**
     * Sets what is logged: nothing at 0, errors from 1, warnings from 4, what operators want to see
     * from 5 (the default), the life of connections from 6, details from 7, those of the libraries
     * from 8, and each request at 11. Up to 5, what peers can cause at will is held back where it
     * comes too thick.
     */
    @Override
    public void setVerbosity(int verbosity) {
        Level level =
                switch (verbosity) {
                    case 0 -> Level.OFF;
                    case 1, 2, 3 -> Level.ERROR;
                    case 4 -> Level.WARN;
                    case 5 -> Level.INFO;
                    case 6 -> Level.DEBUG;
                    default -> Level.TRACE;
                };
        boolean quietLibraries = verbosity < 8 && Level.WARN.isGreaterOrEqual(level);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
        context.getLogger("io.netty").setLevel(quietLibraries ? Level.WARN : level);
        context.getLogger(ALWAYS).setLevel(Level.INFO);
        context.getLogger(SLOW_LOG).setLevel(Level.INFO);
        context.getLogger(REQUESTS).setLevel(verbosity >= 11 ? Level.TRACE : Level.OFF);
        ration.turn(verbosity <= 5);
    }

    /** Writes what is queued, and closes the file. */
    @Override
    public void close() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(queue);
        queue.stop();
    }

    private void attach() {
        queue.setContext(context);
        queue.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue);
    }

    /** Goes on in the file that has the name now; the one before may have been moved away. */
    @Override
    public void reopen() throws IOException {
        Path path = file;
        if (path != null) {
            queue.goOnIn(LogFile.open(path));
        }
    }

    @Override
    public long lostLines() {
        return queue.lost();
    }
}
