package io.bilitw.master;

import io.bilitw.config.Config;
import io.bilitw.control.CensusSeats;
import io.bilitw.control.Message;
import io.bilitw.control.Order;
import io.bilitw.control.Report;
import io.bilitw.os.ChildProcess;
import io.bilitw.os.Descriptors;
import io.bilitw.os.ExitStatus;
import io.bilitw.os.MessageSocket;
import io.bilitw.os.OsException;
import io.bilitw.stats.CounterFile;
import io.bilitw.stats.WorkerEntry;
import io.bilitw.stats.WorkerState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker process, as the master sees it. Confined to the master's thread; a thread of its own
 * listens to the process and turns what it hears into events.
 */
final class WorkerHandle {

    private static final Logger log = LoggerFactory.getLogger("master");

    private final int index;
    private final ChildProcess process;
    private final MessageSocket control;
    private final CounterFile figures;
    private final CensusSeats seats;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private boolean isReady;
    private String complaint = "";
    private long deadlineNanos = Long.MAX_VALUE;
    private boolean isOverdue;
    private long lastBeat;
    private volatile long beatNanos;
    private final WorkerEntry entry;
    private final long startedNanos = System.nanoTime();
    private long readyNanos;

    /**
     * An order that the worker must first make room for, with its own name of the open file that
     * goes with it.
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares orders
    private record Pending(byte[] bytes, int descriptor) {}

    WorkerHandle(
            int index,
            ChildProcess process,
            MessageSocket control,
            CounterFile figures,
            Config config,
            CensusSeats seats) {
        this.index = index;
        this.process = process;
        this.control = control;
        this.figures = figures;
        this.seats = seats;
        beatNanos = startedNanos;
        entry =
                new WorkerEntry(
                        index,
                        process.pid(),
                        config,
                        figures.figures(config),
                        () -> System.nanoTime() - beatNanos);
    }

    /** Where it counts its clients. */
    CensusSeats seats() {
        return seats;
    }

    /** What the books say of it. */
    WorkerEntry entry() {
        return entry;
    }

    /** Begins to turn what the worker says, and at last its end, into events. */
    void listen(Consumer<Event> events) {
        Thread.ofPlatform().daemon().name("worker " + index).start(() -> hear(events));
    }

    private void hear(Consumer<Event> events) {
        for (MessageSocket.Received received = control.receive();
                received != null;
                received = control.receive()) {
            try {
                events.accept(
                        new Event.Reported(this, Message.read(Report.class, received.bytes())));
            } catch (IllegalArgumentException _) {
                String sentence = "it speaks another version: restart the master";
                events.accept(new Event.Reported(this, new Message<>(Report.FAILED, sentence)));
            }
        }
        ExitStatus status;
        try {
            status = process.waitFor();
        } catch (OsException e) {
            throw new IllegalStateException("waiting for " + this, e);
        }
        events.accept(new Event.Ended(this, status));
    }

    /** Its number, which it shares with its predecessors and successors. */
    int index() {
        return index;
    }

    boolean isReady() {
        return isReady;
    }

    void ready() {
        isReady = true;
        entry.become(WorkerState.SERVING);
        readyNanos = System.nanoTime();
        deadlineNanos = Long.MAX_VALUE;
    }

    /** How long it took from its start until it was ready, in milliseconds. */
    long startMillis() {
        return (readyNanos - startedNanos) / 1_000_000;
    }

    /** How long it has been ready, 0 if it is not. */
    long readyForNanos() {
        return isReady ? System.nanoTime() - readyNanos : 0;
    }

    /** What it has said about why it ends, or nothing. */
    String complaint() {
        return complaint;
    }

    void complain(String sentence) {
        complaint = sentence;
    }

    /** Sends an order, or keeps it until there is room. */
    void order(Order kind, String argument) {
        order(kind, argument, MessageSocket.NO_DESCRIPTOR);
    }

    /** Sends an order with an open file, of which the caller keeps its own name. */
    void order(Order kind, String argument, int descriptor) {
        byte[] bytes = new Message<>(kind, argument).bytes();
        try {
            if (!pending.isEmpty() || !control.trySend(bytes, descriptor)) {
                boolean hasFile = descriptor != MessageSocket.NO_DESCRIPTOR;
                pending.addLast(
                        new Pending(
                                bytes, hasFile ? Descriptors.duplicate(descriptor) : descriptor));
            }
        } catch (OsException e) {
            log.debug("{} has ended: {}", this, e.getMessage()); // which its thread tells
        }
    }

    /**
     * Orders it to give its clients to {@code successor} within {@code time} and to end; without a
     * successor, which may have died, to let them go.
     */
    void moveTo(@Nullable WorkerHandle successor, Duration time) {
        entry.become(WorkerState.LEAVING);
        String millis = Long.toString(time.toMillis());
        if (successor == null) {
            order(Order.DRAIN, millis);
            return;
        }
        try {
            List<MessageSocket> ends = MessageSocket.pair();
            try (MessageSocket from = ends.getFirst();
                    MessageSocket to = ends.getLast()) {
                successor.order(Order.ADOPT, "", to.descriptor());
                order(Order.MOVE, millis, from.descriptor());
            }
        } catch (OsException e) {
            log.error("clients of {} cannot move: {}", this, e.getMessage());
            order(Order.DRAIN, millis);
        }
    }

    private void deliver() {
        try {
            for (Pending next = pending.peekFirst();
                    next != null && control.trySend(next.bytes(), next.descriptor());
                    next = pending.peekFirst()) {
                drop(pending.removeFirst());
            }
        } catch (OsException e) {
            log.debug("{} has ended: {}", this, e.getMessage());
        }
    }

    private static void drop(Pending order) {
        if (order.descriptor() != MessageSocket.NO_DESCRIPTOR) {
            Descriptors.close(order.descriptor());
        }
    }

    /** Kills it if it has not ended, or become ready, by then. */
    void expectWithin(long nanos) {
        deadlineNanos = System.nanoTime() + nanos;
    }

    /** How it ended, and what it has said about that. */
    String lastWords(ExitStatus status) {
        return this + " ended " + status + (complaint.isEmpty() ? "" : ": " + complaint);
    }

    /**
     * Sends what was kept, and kills it when its time is over or its event loop has stood still for
     * {@code limitNanos}.
     */
    void lookAfter(long now, long limitNanos) {
        deliver();
        if (killIfOverdue(now)) {
            log.error("{} took too long and is killed", this);
        } else if (killIfStanding(now, limitNanos)) {
            log.error(
                    "{} has stood still for {} ms (worker_timeout) and is killed",
                    this,
                    limitNanos / 1_000_000);
        }
    }

    private boolean killIfOverdue(long now) {
        if (!isOverdue && deadlineNanos != Long.MAX_VALUE && now - deadlineNanos >= 0) {
            isOverdue = true;
            process.kill();
            return true;
        }
        return false;
    }

    private boolean killIfStanding(long now, long limitNanos) {
        long beat = figures.heartbeat();
        if (beat != lastBeat || !isReady) {
            lastBeat = beat;
            beatNanos = now;
            return false;
        }
        if (!isOverdue && now - beatNanos >= limitNanos) {
            isOverdue = true;
            process.kill();
            return true;
        }
        return false;
    }

    void kill() {
        process.kill();
    }

    /** Frees what the master has of it, after its end. */
    void close() {
        pending.forEach(WorkerHandle::drop);
        pending.clear();
        control.close();
    }

    @Override
    public String toString() {
        return "worker " + index + " (pid " + process.pid() + ")";
    }
}
