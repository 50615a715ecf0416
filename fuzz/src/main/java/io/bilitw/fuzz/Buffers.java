package io.bilitw.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * The buffers of one run: each as long as what is in it, so that a look beyond its end throws. All
 * of them must have been released when the run is over.
 */
final class Buffers implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator;

    /** Makes buffers outside the heap, as the proxy does, or on it. */
    Buffers(boolean areDirect) {
        allocator = new UnpooledByteBufAllocator(areDirect, true);
    }

    /** Makes an empty buffer that can take {@code bytes} bytes and no more. */
    ByteBuf exact(int bytes) {
        return allocator.buffer(bytes, bytes);
    }

    /** Makes an empty buffer that grows. */
    ByteBuf growing() {
        return allocator.buffer();
    }

    /** Fails if a buffer was not released. */
    @Override
    public void close() {
        long bytes = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
        Law.hold(bytes == 0, "%d bytes of buffers were not released", bytes);
    }
}
