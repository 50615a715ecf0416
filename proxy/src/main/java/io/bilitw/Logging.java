package io.bilitw;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.bilitw.config.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of the process: one line an event, to a file or to stderr.
 *
 * <p>Lines are written by a thread of their own. Whoever logs never waits: when the disk is so slow
 * that the queue is full, lines are lost, not requests. Closing writes what is queued.
 */
public final class Logging implements AutoCloseable {

    /**
     * The name of the logger whose lines appear at every level: start, end, and what went wrong
     * there.
     */
    static final String ALWAYS = "bilitw";

    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private static final int QUEUE_LINES = 8192;
    private static final int FLUSH_LIMIT_MILLIS = 2000;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final AsyncAppender queue = new AsyncAppender();

    private Logging() {}

    /**
     * Opens the log.
     *
     * @param verbosity twemproxy's level, 0 to 11, see {@link #setVerbosity}
     * @param file the file to append to, created with mode 0644, or null for stderr
     * @throws IOException with a sentence for the operator, when the file cannot be opened
     */
    static Logging start(int verbosity, @Nullable Path file) throws IOException {
        OutputStreamAppender<ILoggingEvent> appender = file == null ? stderr() : appenderTo(file);
        Logging logging = new Logging();
        logging.attach(appender);
        logging.setVerbosity(verbosity);
        return logging;
    }

    /**
     * Sets what is logged: nothing at 0, errors from 1, warnings from 4, what operators want to see
     * from 5 (the default), the life of connections from 6, details from 7, and those of the
     * libraries from 8.
     */
    void setVerbosity(int verbosity) {
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
    }

    /** Writes what is queued, and closes the file. */
    @Override
    public void close() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(queue);
        queue.stop();
    }

    private void attach(OutputStreamAppender<ILoggingEvent> appender) {
        LineEncoder encoder = new LineEncoder();
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        queue.setContext(context);
        queue.setQueueSize(QUEUE_LINES);
        queue.setDiscardingThreshold(0); // lines of every level are lost, and only when it is full
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(FLUSH_LIMIT_MILLIS);
        queue.addAppender(appender);
        queue.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue);
    }

    private static OutputStreamAppender<ILoggingEvent> stderr() {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setTarget("System.err");
        return appender;
    }

    /**
     * Opens the file once to give it its mode and to learn what is wrong, which logback tells
     * nobody.
     */
    private static OutputStreamAppender<ILoggingEvent> appenderTo(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, MODE);
            }
            Files.newOutputStream(file, StandardOpenOption.APPEND).close();
        } catch (IOException e) {
            throw new IOException(
                    "opening log file '" + file + "' failed: " + FileFault.reason(e), e);
        }
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file.toString());
        return appender;
    }
}
