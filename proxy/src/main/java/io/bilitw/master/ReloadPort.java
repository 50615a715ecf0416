package io.bilitw.master;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.config.FileFault;
import io.bilitw.os.FileModes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where {@code bilitw reload} asks: a unix socket beside the pid file that only its owner may use.
 * Who connects asks for a reload, and gets a line for each step of it and at last {@link #DONE} or
 * {@link #FAILED}.
 */
public final class ReloadPort implements AutoCloseable {

    /** The last line when the new configuration is in force. */
    public static final String DONE = "done";

    /** The last line when the old one still is. */
    public static final String FAILED = "failed";

    /** After a fault, as one for want of files would be there again at once. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final Logger log = LoggerFactory.getLogger("master");

    private final Path path;
    private final ServerSocketChannel port;

    private ReloadPort(Path path, ServerSocketChannel port) {
        this.path = path;
        this.port = port;
    }

    /** The socket that belongs to a pid file. */
    public static Path beside(Path pidFile) {
        return Path.of(pidFile + ".sock");
    }

    /**
     * Opens the port and turns who asks into events.
     *
     * @throws IOException with a sentence for the operator
     */
    static ReloadPort open(Path pidFile, Consumer<Event> events) throws IOException {
        Path path = beside(pidFile);
        try {
            Files.deleteIfExists(path);
            ServerSocketChannel port = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            bind(port, path);
            ReloadPort opened = new ReloadPort(path, port);
            Thread.ofPlatform().daemon().name("reload port").start(() -> opened.serve(events));
            return opened;
        } catch (IOException e) {
            throw new IOException("cannot listen on '" + path + "': " + FileFault.reason(e), e);
        }
    }

    /** Makes the file with the mode it keeps: there is no moment for others. */
    private static void bind(ServerSocketChannel port, Path path) throws IOException {
        int before = FileModes.take(FileModes.PRIVATE);
        try {
            port.bind(UnixDomainSocketAddress.of(path));
        } finally {
            FileModes.take(before);
        }
    }

    private void serve(Consumer<Event> events) {
        while (port.isOpen()) {
            try {
                SocketChannel asking = port.accept();
                events.accept(new Event.Signalled(Signal.HUP, new Asking(asking)));
            } catch (IOException e) {
                log.debug("reload port: {}", e.getMessage()); // closed
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Where it listens. */
    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        port.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.debug("'{}' stays: {}", path, FileFault.reason(e)); // the next start replaces it
        }
    }

    /** Tells one who has asked how it goes; if it does not listen any more, nothing is lost. */
    private record Asking(SocketChannel socket) implements ReloadWatcher {

        @Override
        public void onStep(String sentence) {
            write(sentence);
        }

        @Override
        public void onEnd(boolean isDone) {
            write(isDone ? DONE : FAILED);
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("reload port: {}", e.getMessage());
            }
        }

        private void write(String line) {
            try {
                socket.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
            } catch (IOException e) {
                log.debug("reload port: {}", e.getMessage());
            }
        }
    }
}
