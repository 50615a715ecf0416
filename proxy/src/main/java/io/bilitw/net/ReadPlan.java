package io.bilitw.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the next bytes of one connection are read to.
 *
 * <p>Nearly always that is the loop's read buffer. What a handler leaves there, the beginning of a
 * message, is kept in a buffer of just its size and put in front of the next read; so an idle
 * connection owns no buffer, and a slow one owns what it has sent. A long message is read straight
 * into a buffer of its own, once so much of it has come that this is no mere claim.
 *
 * <p>Netty asks for a buffer before it knows whether there is anything to read, therefore the kept
 * bytes are given up only when a read has really brought some.
 */
final class ReadPlan implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {

    /**
     * What one connection may bring before others get their turn. It is counted in bytes, as one
     * read of a long message can bring megabytes.
     */
    private static final int MAX_BYTES_PER_TURN = 1024 * 1024;

    /**
     * Up to here a long message gets its whole buffer at once; beyond, the buffer grows as the
     * bytes really come.
     */
    private static final int TRUSTED_BYTES = 256 * 1024;

    /** From here on a message is long: keeping it over and over as it grows would cost more. */
    private static final int LONG_BYTES = 16 * 1024;

    /** How many times as much memory a connection gets as it has really sent of a long message. */
    private static final int TRUST = 8;

    /** The same while memory is short. */
    private static final int SCARCE_TRUST = 2;

    /** Only who has really sent that much of a very long message gets a buffer for it. */
    private static final int EARNEST_BYTES = ReadBuffers.BYTES / 2;

    /** What is read at once while memory is short: many connections may be ready to be read. */
    private static final int SHORT_BYTES = 16 * 1024;

    /** The same while it is so short that what comes can hardly be kept. */
    private static final int CRITICAL_BYTES = 2048;

    private final Loop loop;

    /** The beginning of a message that is not long, or of which little has come. */
    private @Nullable ByteBuf kept;

    /** The beginning of a long message; reads go straight to its end. */
    private @Nullable ByteBuf large;

    private int expectedBytes;
    private int lastBytes;
    private int attemptedBytes;
    private long turnBytes;

    ReadPlan(Loop loop) {
        this.loop = loop;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface's own method
    public Handle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator unused) {
        ByteBuf own = large;
        if (own != null) {
            if (!own.isWritable()) {
                own = grow(own);
                large = own;
            }
            return own.retain();
        }
        ByteBuf start = kept;
        if (loop.memory().isShort()) {
            return scarce(start == null ? Unpooled.EMPTY_BUFFER : start);
        }
        ByteBuf buffer = loop.readBuffer().clear();
        if (start != null) {
            buffer.writeBytes(start, start.readerIndex(), start.readableBytes());
        }
        return buffer.retain();
    }

    /** A buffer for a short read, with {@code start} in front. */
    private ByteBuf scarce(ByteBuf start) {
        int bytes = loop.memory().isCritical() ? CRITICAL_BYTES : SHORT_BYTES;
        return loop.allocator()
                .directBuffer(start.readableBytes() + bytes)
                .writeBytes(start, start.readerIndex(), start.readableBytes());
    }

    /** Takes note that a read has brought bytes to {@code in}, which holds all that was kept. */
    void onBytes() {
        ByteBuf start = kept;
        if (start != null) {
            start.release();
            kept = null;
        }
    }

    /**
     * Keeps what a handler has left of {@code in}, the first bytes of a message of at least {@code
     * expected} bytes, and gives back the reference that came with the read.
     */
    @SuppressWarnings("ReferenceEquality") // the very buffer, not one with the same bytes
    void keepRest(ByteBuf in, int expected) {
        int bytes = in.readableBytes();
        boolean isLarge = in == large;
        expectedBytes = Math.max(expected, bytes + 1);
        if (isLarge && in.readerIndex() == 0) {
            in.release(); // the message goes on in the same buffer
            return;
        }
        if (isLarge) {
            releaseLarge();
        }
        if (bytes > 0) {
            if (expectedBytes > LONG_BYTES && isEarnest(bytes)) {
                keepLarge(in, bytes);
            } else {
                kept =
                        loop.allocator()
                                .directBuffer(bytes, bytes)
                                .writeBytes(in, in.readerIndex(), bytes);
            }
        }
        in.release();
    }

    /**
     * Keeps the beginning of a long message; {@code in} is the caller's also if there is no room.
     */
    private void keepLarge(ByteBuf in, int bytes) {
        try {
            large = largeWith(in, bytes);
        } catch (MemoryShortage shortage) {
            in.release();
            throw shortage;
        }
    }

    /** The very buffer, if the message begins and may end there; else a new one. */
    private ByteBuf largeWith(ByteBuf in, int bytes) {
        if (in.readerIndex() == 0 && expectedBytes <= in.capacity() && loop.keep(in, bytes)) {
            return in.retain();
        }
        boolean isOfUsualSize =
                expectedBytes > ReadBuffers.BYTES && expectedBytes <= ReadBuffers.LARGE_BYTES;
        ByteBuf own = isOfUsualSize ? loop.takeLargeBuffer() : null;
        if (own == null) {
            int trusted = loop.memory().isShort() ? SCARCE_TRUST * bytes : TRUSTED_BYTES;
            int capacity = Math.max(bytes + 1, Math.min(expectedBytes, trusted));
            loop.memory().reserve(capacity);
            own = loop.allocator().directBuffer(capacity);
        }
        return own.writeBytes(in, in.readerIndex(), bytes);
    }

    private boolean isEarnest(int bytes) {
        return bytes >= EARNEST_BYTES || expectedBytes <= (long) TRUST * bytes;
    }

    /** Tells whether the beginning of a message is kept that does not fit the read buffer. */
    boolean isLong() {
        return large != null && expectedBytes > ReadBuffers.BYTES;
    }

    /** How many bytes of memory the beginning of a message takes that is kept. */
    int heldBytes() {
        return (kept == null ? 0 : kept.capacity()) + (large == null ? 0 : large.capacity());
    }

    /**
     * What is kept, as if a read had just brought it: with one reference for the caller to
     * {@linkplain #keepRest give back}. Null if nothing is.
     */
    @Nullable ByteBuf again() {
        ByteBuf own = large;
        if (own != null) {
            return own.retain();
        }
        ByteBuf start = kept;
        kept = null;
        return start;
    }

    /** A copy of the beginning of a message that fits the read buffer, or nothing. */
    byte[] kept() {
        ByteBuf start = kept == null ? large : kept;
        return start == null ? new byte[0] : ByteBufUtil.getBytes(start);
    }

    /** Keeps {@code bytes} as if they had been read and left by the handler. */
    void keep(byte[] bytes) {
        if (bytes.length > 0) {
            kept = loop.allocator().directBuffer(bytes.length, bytes.length).writeBytes(bytes);
        }
    }

    /** Frees what is kept of a message that will not be finished. */
    void close() {
        onBytes();
        releaseLarge();
    }

    private void releaseLarge() {
        ByteBuf own = large;
        if (own != null) {
            own.release();
            large = null;
        }
    }

    /**
     * Makes room for what is expected, within what the connection is trusted with, so that a lie
     * costs its teller dearly.
     */
    private ByteBuf grow(ByteBuf own) {
        int trust = loop.memory().isShort() ? SCARCE_TRUST : TRUST;
        long bytes =
                Math.min(
                        Math.max(expectedBytes, 2L * own.capacity()),
                        (long) trust * own.capacity());
        loop.memory().reserve(bytes);
        if (own.capacity() < own.maxCapacity()) {
            return own.capacity((int) Math.min(bytes, own.maxCapacity()));
        }
        ByteBuf larger = loop.allocator().directBuffer((int) bytes).writeBytes(own);
        own.release();
        return larger;
    }

    @Override
    public int guess() {
        return ReadBuffers.BYTES;
    }

    @Override
    public void reset(ChannelConfig config) {
        lastBytes = 0;
        turnBytes = 0;
    }

    @Override
    public void incMessagesRead(int count) {}

    @Override
    public void lastBytesRead(int bytes) {
        lastBytes = bytes;
        turnBytes += Math.max(0, bytes);
    }

    @Override
    public int lastBytesRead() {
        return lastBytes;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attemptedBytes = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attemptedBytes;
    }

    /** Goes on only if the buffer was filled: a shorter read has emptied the socket. */
    @Override
    public boolean continueReading() {
        return lastBytes == attemptedBytes
                && turnBytes < MAX_BYTES_PER_TURN
                && !loop.memory().isShort();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
        return continueReading();
    }

    @Override
    public void readComplete() {
        loop.memory().check();
    }
}
