package io.bilitw.net;

import java.util.Arrays;

/**
 * The connections that have something to write, each flushed once when the event loop has handled
 * all that was ready in this turn. Fifty clients' requests to one server leave in one system call
 * this way.
 */
final class FlushQueue implements Runnable {

    private final Loop loop;
    private long beginNanos;
    private OutQueue[] touched = new OutQueue[64];
    private int count;
    private boolean isScheduled;

    FlushQueue(Loop loop) {
        this.loop = loop;
    }

    /** Adds {@code queue}, which sees to it that it is added once a turn. */
    void add(OutQueue queue) {
        if (count == touched.length) {
            touched = Arrays.copyOf(touched, count * 2);
        }
        touched[count++] = queue;
        if (!isScheduled) {
            isScheduled = true;
            beginNanos = loop.nowNanos();
            loop.eventLoop().execute(this); // tasks run after the turn's events
        }
    }

    /**
     * Flushes; a connection that fails in this may touch others, which are flushed in the same go.
     */
    @Override
    public void run() {
        isScheduled = false;
        for (int i = 0; i < count; i++) {
            touched[i].flush();
        }
        Arrays.fill(touched, 0, count, null);
        count = 0;
        loop.turnEnds(beginNanos);
    }
}
