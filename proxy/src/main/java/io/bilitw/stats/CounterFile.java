package io.bilitw.stats;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Words that a worker writes and the master reads at any time, in memory that both have mapped.
 *
 * <pre>
 *   offset  bytes  what
 *   0       8      magic and version of the layout, {@value #MAGIC}
 *   8       8      heartbeat: how often the event loop has turned to it
 * </pre>
 *
 * Numbers are in the byte order of the machine. Writing one is one instruction, and locks nothing.
 */
public final class CounterFile {

    /** Size of the file. */
    public static final int BYTES = 4096;

    private static final long MAGIC = 0x62696c6974770001L; // "bilitw", 1

    private static final int MAGIC_AT = 0;
    private static final int HEARTBEAT_AT = 8;

    private static final VarHandle WORD =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer words;

    private CounterFile(ByteBuffer words) {
        this.words = words;
    }

    /**
     * Maps the file at {@code path}, which has at least {@link #BYTES} bytes.
     *
     * @throws IOException if that is not possible
     */
    public static CounterFile map(Path path) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            CounterFile mapped =
                    new CounterFile(file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
            WORD.setOpaque(mapped.words, MAGIC_AT, MAGIC);
            return mapped;
        }
    }

    /** Shows that the event loop turns. Called by it alone. */
    public void beat() {
        WORD.setOpaque(words, HEARTBEAT_AT, heartbeat() + 1);
    }

    /** The word that {@link #beat} changes. */
    public long heartbeat() {
        return (long) WORD.getOpaque(words, HEARTBEAT_AT);
    }
}
