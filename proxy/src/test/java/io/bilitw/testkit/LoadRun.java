package io.bilitw.testkit;

import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What all threads of one load have in common. */
final class LoadRun {

    private final SocketAddress address;
    private final LoadDialect dialect;
    private final long restNanos;
    private final LoadFaults faults;
    private final LoadSamples samples;
    private final LoadWatch watch = new LoadWatch();
    private final LongAdder requests = new LongAdder();
    private final LongAdder connects = new LongAdder();
    private final CountDownLatch ready;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Begins a run with {@code clients} kept clients, who rest so long between rounds. */
    LoadRun(SocketAddress address, LoadDialect dialect, int clients, long restNanos) {
        long startNanos = System.nanoTime();
        this.address = address;
        this.dialect = dialect;
        this.restNanos = restNanos;
        faults = new LoadFaults(startNanos);
        samples = new LoadSamples(startNanos);
        ready = new CountDownLatch(clients);
    }

    LoadConnection connect() throws LoadFault {
        return LoadConnection.open(address, watch);
    }

    LoadDialect dialect() {
        return dialect;
    }

    /** How long a kept client rests between two rounds, on average. */
    long restNanos() {
        return restNanos;
    }

    LoadFaults faults() {
        return faults;
    }

    LoadSamples samples() {
        return samples;
    }

    LoadWatch watch() {
        return watch;
    }

    /** How many requests have been answered. */
    LongAdder requests() {
        return requests;
    }

    /** How many new connections were opened, used and closed. */
    LongAdder connects() {
        return connects;
    }

    /** What each kept client counts down when it has been answered, or has failed. */
    CountDownLatch ready() {
        return ready;
    }

    /** Lets every thread finish its round, go one more, and end. */
    void stop() {
        stop.countDown();
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Waits for this time, or less if the run is stopped meanwhile. */
    void pause(long nanos) {
        try {
            stop.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts these threads", e);
        }
    }
}
