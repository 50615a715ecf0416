package io.bilitw.master;

import io.bilitw.control.Order;
import io.bilitw.control.ProcessLog;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of all processes: their level and their file. Confined to the master's thread. */
final class Logs {

    private static final Logger log = LoggerFactory.getLogger("master");

    /** Its lines appear at every level. */
    private static final Logger always = LoggerFactory.getLogger("bilitw");

    private static final int MAX_VERBOSITY = 11;

    private final MasterSettings settings;
    private final ProcessLog own;
    private final WorkerStarter starter;
    private int verbosity;

    /**
     * Begins with the level of {@code settings}, which the master's {@code own} log has already.
     */
    Logs(MasterSettings settings, ProcessLog own, WorkerStarter starter) {
        this.settings = settings;
        this.own = own;
        this.starter = starter;
        verbosity = settings.verbosity();
    }

    /** Logs more, here and in {@code workers}. */
    void more(List<WorkerHandle> workers) {
        setVerbosity(Math.min(MAX_VERBOSITY, verbosity + 1), workers);
    }

    /** Logs less, here and in {@code workers}. */
    void less(List<WorkerHandle> workers) {
        setVerbosity(Math.max(0, verbosity - 1), workers);
    }

    private void setVerbosity(int level, List<WorkerHandle> workers) {
        verbosity = level;
        own.setVerbosity(level);
        starter.setVerbosity(level);
        workers.forEach(worker -> worker.order(Order.LOG_LEVEL, Integer.toString(level)));
        always.info("log level is {}", level);
    }

    /** Goes on in the file that has the log's name now, here and in {@code workers}. */
    void reopen(List<WorkerHandle> workers) {
        if (settings.logFile() == null) {
            return;
        }
        try {
            own.reopen();
            int file = starter.reopenLog();
            workers.forEach(worker -> worker.order(Order.LOG_FILE, "", file));
            log.info("log is reopened");
        } catch (IOException e) {
            log.error("{}; going on in the one before", e.getMessage());
        }
    }
}
