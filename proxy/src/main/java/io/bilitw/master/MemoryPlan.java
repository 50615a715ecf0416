package io.bilitw.master;

import io.bilitw.config.GlobalConfig;
import java.util.List;

/**
 * How the memory of a worker is divided: what is not for the heap or for buffers is left to the
 * virtual machine itself, which has its code and tables there.
 *
 * @param heapBytes the most that objects may take
 * @param bufferBytes the most that the buffers of clients and servers may take
 */
record MemoryPlan(long heapBytes, long bufferBytes) {

    private static final long MEGA = 1024 * 1024;

    /** A worker gets no more than this, if nobody says how much. */
    private static final long MOST_BYTES = 1600 * MEGA;

    /** And no less, which is also the least that can be said. */
    private static final long LEAST_BYTES = 128 * MEGA;

    /** What the virtual machine uses for itself, measured with 50 clients. */
    private static final long OWN_BYTES = 64 * MEGA;

    private static final long LEAST_HEAP_BYTES = 32 * MEGA;

    private static final int HEAP_SHARE = 4;

    /**
     * The workers together get this share of the machine: during a reload there are twice as many.
     */
    private static final int MACHINE_SHARE = 2;

    /** Plans for each of {@code workers} workers on a machine of {@code machineBytes} bytes. */
    static MemoryPlan of(GlobalConfig config, int workers, long machineBytes) {
        long each =
                config.maxMemory() > 0
                        ? config.maxMemory()
                        : Math.clamp(
                                machineBytes / MACHINE_SHARE / workers, LEAST_BYTES, MOST_BYTES);
        long heap = Math.max(LEAST_HEAP_BYTES, each / HEAP_SHARE);
        return new MemoryPlan(heap, each - OWN_BYTES - heap);
    }

    /** The flags that make the virtual machine keep to it. */
    List<String> flags() {
        return List.of(
                "-Xmx" + heapBytes,
                "-XX:MaxDirectMemorySize=" + bufferBytes,
                "-Dio.netty.maxDirectMemory=" + bufferBytes);
    }
}
