package io.bilitw;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines that wait to be written, and the thread that writes them.
 *
 * <p>Whoever logs never waits: a line that finds the queue full is lost, and so is one whose write
 * fails, as on a full disk. What is lost is counted, and told in a line of its own once what waited
 * is written.
 */
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /**
     * When losses are told if the queue is never empty; and how often that is tried if it fails.
     */
    private static final long NOTICE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long the lines that are left at the end may take. */
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A log that takes nothing for so long at the end is not waited for. */
    private static final long STANDSTILL_MILLIS = 300;

    /** A step of the thread's work, which may take as long as the log wants. */
    private interface Step {
        void run() throws InterruptedException;
    }

    private final int capacity;
    private final LogRation ration;
    private final LineEncoder encoder;
    private final Thread thread = Thread.ofPlatform().daemon().name("log").unstarted(this::work);

    // shared, under the monitor
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private boolean isClosing;
    private long lost;
    private long begun;

    // the thread's own
    private LogFile file;
    private boolean isFailing;
    private long told;
    private boolean isNoticePlanned;
    private long noticeNanos;

    /**
     * Makes a queue.
     *
     * @param capacity how many lines may wait
     * @param ration which lines are left out on purpose
     * @param file what they are written to; becomes the queue's own
     */
    LogQueue(int capacity, LogRation ration, LineEncoder encoder, LogFile file) {
        this.capacity = capacity;
        this.ration = ration;
        this.encoder = encoder;
        this.file = file;
    }

    @Override
    public void start() {
        super.start();
        thread.start();
    }

    /** Writes all lines that come from now on to {@code next}, and closes what it had before. */
    synchronized void goOnIn(LogFile next) {
        add(() -> {
            file.close();
            file = next;
        });
    }

    /** How many lines were lost so far. */
    synchronized long lost() {
        return lost;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String note = ration.note(event);
        if (note != null) {
            event.getFormattedMessage(); // here and now, as it is made of things that change
            put(event, note);
        }
    }

    private synchronized void put(ILoggingEvent event, String note) {
        if (steps.size() < capacity) {
            add(() -> write(event, note));
        } else {
            lost++;
        }
    }

    private synchronized void add(Step step) {
        steps.addLast(step);
        notifyAll();
    }

    /** Writes what waits, unless that takes too long. */
    @Override
    public void stop() {
        super.stop();
        close();
        long endNanos = System.nanoTime() + CLOSE_NANOS;
        long before;
        try {
            do {
                before = begun();
                thread.join(STANDSTILL_MILLIS);
            } while (thread.isAlive() && begun() > before && System.nanoTime() < endNanos);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void close() {
        isClosing = true;
        notifyAll();
    }

    private synchronized long begun() {
        return begun;
    }

    private void work() {
        try {
            for (Step step = next(); step != null; step = next()) {
                step.run();
            }
            file.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // does not come: nobody else has the thread
        }
    }

    /** Waits for the next step; null at the end. */
    private synchronized @Nullable Step next() throws InterruptedException {
        while (!isNoticeDue()) {
            Step step = steps.pollFirst();
            if (step != null) {
                begun++;
                return step;
            }
            if (isClosing) {
                return null;
            }
            wait(isNoticePlanned ? millisToNotice() : 0); // 0 is for ever
        }
        return this::tellLosses;
    }

    /** Tells whether losses are to be told now: when the log rests, or that takes too long. */
    private synchronized boolean isNoticeDue() {
        if (lost == told) {
            return false;
        }
        long now = System.nanoTime();
        if (!isNoticePlanned) {
            isNoticePlanned = true;
            noticeNanos = now + NOTICE_NANOS;
        }
        return now - noticeNanos >= 0 || (steps.isEmpty() && !isFailing);
    }

    private long millisToNotice() {
        long nanos = Math.max(0, noticeNanos - System.nanoTime());
        return 1 + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private void tellLosses() throws InterruptedException {
        long all = lost();
        String text = all - told + " log lines were lost";
        isFailing = !file.write(encoder.line(Instant.now(), Level.WARN, "log", text));
        if (!isFailing) {
            told = all;
        }
        isNoticePlanned = false;
    }

    private void write(ILoggingEvent event, String note) throws InterruptedException {
        isFailing = !file.write(encoder.encode(event, note));
        if (isFailing) {
            countLost();
        }
    }

    private synchronized void countLost() {
        lost++;
    }
}
