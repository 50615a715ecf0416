package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one event loop share: the read buffer, the out-buffers at rest, the
 * responses held back, the list of connections to flush, the clock. Event-loop confined.
 */
public final class Loop {

    /** The logger of single requests. */
    public static final String REQUEST_LOG = "request";

    /** Size of the out-buffer that a connection gets that fills one of the usual size in a turn. */
    static final int LARGE_CHUNK_BYTES = 128 * 1024;

    private static final int MAX_CHUNKS_AT_REST = 256;
    private static final int MAX_LARGE_CHUNKS_AT_REST = 32;

    private final EventLoop eventLoop;
    private final int chunkBytes;

    /** The pooled kind, as Netty's default one makes a view for each short copy into a buffer. */
    private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;

    private final ReadBuffers readBuffers = new ReadBuffers();
    private final ArrayDeque<ByteBuf> chunksAtRest = new ArrayDeque<>();
    private final ArrayDeque<ByteBuf> largeChunksAtRest = new ArrayDeque<>();
    private final HoldArea holdArea = new HoldArea(this);
    private final FlushQueue flushQueue;
    private final MemoryGauge memory = new MemoryGauge();
    private LongConsumer onTurn = nanos -> {};
    private long nowNanos = System.nanoTime();
    private long turns;
    private boolean isTracingRequests;

    /**
     * Prepares {@code eventLoop} to carry connections.
     *
     * @param chunkBytes the size of an out-buffer
     */
    public Loop(EventLoop eventLoop, int chunkBytes) {
        this.eventLoop = eventLoop;
        this.chunkBytes = chunkBytes;
        flushQueue = new FlushQueue(this);
    }

    /** The event loop itself, for timers. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /** Where long-lived and large buffers come from. */
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** How much memory is used. */
    public MemoryGauge memory() {
        return memory;
    }

    /** Where responses wait for their turn. */
    public HoldArea holdArea() {
        return holdArea;
    }

    /** The clock of {@link System#nanoTime}, as read when the bytes now being handled arrived. */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Tells {@code listener} of each turn in which something is written, how many nanoseconds
     * passed from the arrival of its first bytes to its last write.
     */
    public void onTurn(LongConsumer listener) {
        onTurn = listener;
    }

    /** Sets whether each request is logged. */
    public void traceRequests(boolean isWanted) {
        isTracingRequests = isWanted;
    }

    /** Tells whether each request is logged; asked here, as loggers take longer to answer. */
    public boolean isTracingRequests() {
        return isTracingRequests;
    }

    /** How many turns have written something so far. */
    public long turns() {
        return turns;
    }

    void turnEnds(long beginNanos) {
        turns++;
        onTurn.accept(System.nanoTime() - beginNanos);
    }

    /** Tells whether {@code buffer} is the one that the next read overwrites. */
    public boolean isReadBuffer(ByteBuf buffer) {
        return readBuffers.isCurrent(buffer);
    }

    /**
     * Tells whether somebody might {@linkplain #keep} {@code bytes} bytes of {@code buffer} instead
     * of copying them.
     */
    public boolean isKeepable(ByteBuf buffer, int bytes) {
        return bytes >= ReadBuffers.LONG_BYTES || !isReadBuffer(buffer);
    }

    /**
     * Tells whether {@code bytes} bytes of {@code buffer} may be kept by retaining it: because it
     * is not the read buffer, or because they are so many that it ceases to be that.
     */
    boolean keep(ByteBuf buffer, int bytes) {
        return !isReadBuffer(buffer)
                || (bytes >= ReadBuffers.LONG_BYTES && readBuffers.leaveCurrent());
    }

    /** Frees what the loop keeps at rest. */
    public void close() {
        readBuffers.close();
        holdArea.close();
        chunksAtRest.forEach(ByteBuf::release);
        largeChunksAtRest.forEach(ByteBuf::release);
    }

    /** Reads the clock; what a timer begins does so, as no bytes arrive then. */
    public void readClock() {
        nowNanos = System.nanoTime();
    }

    ByteBuf readBuffer() {
        return readBuffers.current();
    }

    /** A buffer for a message too long for the read buffer; null if too many are in use. */
    @Nullable ByteBuf takeLargeBuffer() {
        return readBuffers.takeLarge();
    }

    /** Frees memory that nobody has needed since this was called last. */
    public void tidy() {
        readBuffers.tidy();
        allocator.trimCurrentThreadCache(); // one short buffer there keeps megabytes around it
    }

    FlushQueue flushQueue() {
        return flushQueue;
    }

    /** Lends an empty out-buffer of at least {@code bytes} bytes; the caller owns it. */
    ByteBuf takeChunk(int bytes) {
        if (bytes <= chunkBytes) {
            ByteBuf chunk = chunksAtRest.pollLast();
            return chunk == null ? newChunk(chunkBytes) : chunk;
        }
        if (bytes <= LARGE_CHUNK_BYTES) {
            ByteBuf chunk = largeChunksAtRest.pollLast();
            return chunk == null ? newChunk(LARGE_CHUNK_BYTES) : chunk;
        }
        return newChunk(bytes);
    }

    /**
     * Makes a buffer that is written in many small pieces, which the pooled kinds are slower at.
     */
    static ByteBuf newChunk(int bytes) {
        return Unpooled.directBuffer(bytes, bytes);
    }

    /** Takes back an out-buffer whose bytes are all written. */
    void giveBackChunk(ByteBuf chunk) {
        if (chunk.capacity() == chunkBytes && chunksAtRest.size() < MAX_CHUNKS_AT_REST) {
            chunksAtRest.addLast(chunk.clear());
        } else if (chunk.capacity() == LARGE_CHUNK_BYTES
                && largeChunksAtRest.size() < MAX_LARGE_CHUNKS_AT_REST) {
            largeChunksAtRest.addLast(chunk.clear());
        } else {
            chunk.release();
        }
    }
}
