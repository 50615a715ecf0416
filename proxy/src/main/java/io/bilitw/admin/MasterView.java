package io.bilitw.admin;

import io.bilitw.config.Config;
import io.bilitw.stats.SlowLog;
import io.bilitw.stats.Snapshot;
import io.bilitw.stats.WorkerState;
import java.io.OutputStream;

/** What can be asked about the master and its workers, by any thread. */
public interface MasterView {

    /** All figures as they are now. */
    Snapshot snapshot();

    /** Writes them as the stats port does. */
    void writeStats(OutputStream out);

    /** The slow requests of all workers. */
    SlowLog slowLog();

    /** What is served. */
    Config config();

    /** How many workers there are when all is well. */
    int workers();

    /** How far the program has come. */
    WorkerState state();

    /** Tells whether the thread that looks after the workers lives. */
    boolean isAlive();

    /** bilitw's own version. */
    String version();
}
