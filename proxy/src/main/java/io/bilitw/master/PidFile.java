package io.bilitw.master;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.config.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that holds the master's process id, as digits alone. It is locked as long as the process
 * lives, so a second instance sees that it would be one, and a file left behind does no harm.
 */
final class PidFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("master");

    private final Path path;
    private final FileChannel file;

    private PidFile(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Takes the file.
     *
     * @throws IOException with a sentence for the operator, if another instance has it or it cannot
     *     be written
     */
    static PidFile take(Path path) throws IOException {
        try {
            FileChannel file =
                    FileChannel.open(
                            path,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-r--r--")));
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                throw new IOException(
                        "another instance has it, with process id "
                                + Files.readString(path, US_ASCII));
            }
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII);
            file.truncate(0);
            file.write(ByteBuffer.wrap(pid), 0);
            return new PidFile(path, file);
        } catch (IOException e) {
            throw new IOException(
                    "opening pid file '" + path + "' failed: " + FileFault.reason(e), e);
        }
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** Removes the file; one that may not be removed is emptied, so that it names no process. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            file.truncate(0);
            log.warn("pid file '{}' stays, but is empty: {}", path, FileFault.reason(e));
        }
        file.close();
    }
}
