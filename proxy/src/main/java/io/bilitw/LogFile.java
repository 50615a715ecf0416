package io.bilitw;

import io.bilitw.config.FileFault;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where log lines go: the end of a file, or stderr, which may be one too.
 *
 * <p>A line is one write(2). So those of several processes do not mix in a file, whatever their
 * length, nor in a pipe up to {@link LineEncoder#MAX_LINE_BYTES}.
 */
final class LogFile {

    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    /** When to try again with a stderr that is full and does not block. */
    private static final long RETRY_MILLIS = 20;

    private final WritableByteChannel out;
    private final boolean isOwn;

    /** A line was written in part, so the next one begins with the end of that one. */
    private boolean isTorn;

    private LogFile(WritableByteChannel out, boolean isOwn) {
        this.out = out;
        this.isOwn = isOwn;
    }

    /**
     * Opens {@code file} to append to it, and creates it with mode 0644 if need be.
     *
     * @throws IOException with a sentence for the operator
     */
    static LogFile open(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, MODE);
            }
            return of(FileChannel.open(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new IOException(
                    "opening log file '" + file + "' failed: " + FileFault.reason(e), e);
        }
    }

    /** The stderr of this process, whatever that is by then; it stays open. */
    static LogFile stderr() {
        return new LogFile(new FileOutputStream(FileDescriptor.err).getChannel(), false);
    }

    /** Writes to {@code out}, which becomes its own. */
    static LogFile of(WritableByteChannel out) {
        return new LogFile(out, true);
    }

    /** Writes a line with its end, or several; tells whether that was possible. May take long. */
    boolean write(byte[] line) throws InterruptedException {
        ByteBuffer rest = ByteBuffer.allocate(1 + line.length);
        if (isTorn) {
            rest.put((byte) '\n');
        }
        rest.put(line).flip();
        try {
            while (rest.hasRemaining()) {
                if (out.write(rest) == 0) {
                    Thread.sleep(RETRY_MILLIS);
                }
            }
            isTorn = false;
            return true;
        } catch (IOException _) { // there is nobody to tell
            isTorn |= rest.position() > 0;
            return false;
        }
    }

    /** Lets go of it. */
    void close() {
        if (isOwn) {
            try {
                out.close();
            } catch (IOException _) {
                // Its lines are written, or it is full.
            }
        }
    }
}
