package io.bilitw.net;

import io.netty.util.internal.PlatformDependent;
import java.util.function.IntSupplier;

/**
 * How much of the memory that a worker may use is used, and whether that is too much. The limit of
 * its buffers is that of the virtual machine, and so is that of the heap, where requests and
 * clients are. Event-loop confined.
 */
public final class MemoryGauge {

    /** About what a request under way takes of the heap. */
    private static final int REQUEST_BYTES = 256;

    /** What a connected client takes of the heap, measured with 10,000 idle ones, and a reserve. */
    private static final int CLIENT_BYTES = 4096;

    /** Below this all is well again. */
    private static final double RELAXED = 0.4;

    /** From here on those wait that hold most of it. */
    private static final double SHORT = 0.5;

    /** From here on all wait that hold some. */
    private static final double CRITICAL = 0.7;

    /** From here on there is no room for long messages; the rest is for short ones. */
    private static final double FULL = 0.85;

    private final long limit;
    private final long relaxedMark;
    private final long shortMark;
    private final long criticalMark;
    private final long fullMark;

    /** A request counts as so many bytes of buffers: half of the heap is for them. */
    private final long requestWeight;

    private final int maxClients;
    private IntSupplier requests = () -> 0;
    private Runnable onShort = () -> {};
    private int clients;

    /** Measures this process by the limits of its virtual machine. */
    MemoryGauge() {
        this(PlatformDependent.maxDirectMemory(), Runtime.getRuntime().maxMemory());
    }

    /**
     * Measures this process by other limits.
     *
     * @param limit the most bytes that buffers may take
     * @param heapBytes the most bytes that objects may take
     */
    MemoryGauge(long limit, long heapBytes) {
        this.limit = limit;
        relaxedMark = (long) (limit * RELAXED);
        shortMark = (long) (limit * SHORT);
        criticalMark = (long) (limit * CRITICAL);
        fullMark = (long) (limit * FULL);
        requestWeight = Math.max(1, (long) (2.0 * REQUEST_BYTES * limit / heapBytes));
        maxClients = (int) Math.min(Integer.MAX_VALUE, heapBytes / 2 / CLIENT_BYTES);
    }

    /** Lets it count requests under way, of which {@code inUse} tells the number. */
    public void countRequests(IntSupplier inUse) {
        requests = inUse;
    }

    /** Has {@code action} called, again and again, when memory is short. */
    public void onShort(Runnable action) {
        onShort = action;
    }

    /** Counts {@code more} clients, or fewer. */
    public void addClients(int more) {
        clients += more;
    }

    /** Tells whether there is memory for another client. */
    public boolean hasRoomForClient() {
        return clients < maxClients;
    }

    /** The most bytes that buffers may take. */
    public long limit() {
        return limit;
    }

    /** The bytes that buffers take, or would take if requests were buffers, if that is more. */
    public long used() {
        return Math.max(PlatformDependent.usedDirectMemory(), requests.getAsInt() * requestWeight);
    }

    /** Tells whether there is plenty. */
    public boolean isRelaxed() {
        return used() < relaxedMark;
    }

    /** Tells whether those should wait that hold most of it. */
    public boolean isShort() {
        return used() >= shortMark;
    }

    /** Tells whether all should wait that hold some. */
    public boolean isCritical() {
        return used() >= criticalMark;
    }

    /**
     * Sees to it that there is room for {@code bytes} more of a long message.
     *
     * @throws MemoryShortage if there is not
     */
    void reserve(long bytes) {
        if (used() + bytes > fullMark) {
            throw new MemoryShortage(bytes);
        }
    }

    /** Looks whether memory is short, after some was taken. */
    void check() {
        if (isShort()) {
            onShort.run();
        }
    }
}
