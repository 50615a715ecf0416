package io.bilitw.master;

import io.bilitw.control.Message;
import io.bilitw.control.Report;
import io.bilitw.os.ExitStatus;

/** What the master acts on, one after the other. */
sealed interface Event {

    /** The master was sent a signal, or asked the same in another way. */
    record Signalled(Signal signal, ReloadWatcher watcher) implements Event {}

    /** A worker has said something. */
    record Reported(WorkerHandle worker, Message<Report> report) implements Event {}

    /** A worker's process has ended. */
    record Ended(WorkerHandle worker, ExitStatus status) implements Event {}
}
