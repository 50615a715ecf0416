package io.bilitw.master;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * twemproxy's stats port: who connects gets the figures as one line of JSON, and the connection is
 * closed. What it says is not looked at.
 *
 * <p>One after the other is served, by a thread of its own; a reader that does not read is cut, so
 * that the next one gets an answer.
 */
final class StatsPort implements AutoCloseable {

    /** After a fault, as one for want of files would be there again at once. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final Logger log = LoggerFactory.getLogger("stats");

    private static final int BACKLOG = 128;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** How long a reader may take to read all. */
    private static final int MAX_MILLIS = 2000;

    /** How long the end of the reader is waited for, so that no reset overtakes the figures. */
    private static final int LINGER_MILLIS = 100;

    private final ServerSocket port;
    private final Consumer<OutputStream> figures;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("stats timer").factory());

    private StatsPort(ServerSocket port, Consumer<OutputStream> figures) {
        this.port = port;
        this.figures = figures;
    }

    /**
     * Opens the port.
     *
     * @param figures writes all figures
     * @throws IOException with a sentence for the operator
     */
    static StatsPort open(InetSocketAddress address, Consumer<OutputStream> figures)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("stats address '" + address.getHostString() + "' is not known");
        }
        ServerSocket port = new ServerSocket();
        try {
            port.setReuseAddress(true);
            port.bind(address, BACKLOG);
        } catch (IOException e) {
            port.close();
            throw new IOException(
                    "cannot listen on stats port %s:%d (-a, -s): %s"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
        StatsPort opened = new StatsPort(port, figures);
        Thread.ofPlatform().daemon().name("stats port").start(opened::serve);
        return opened;
    }

    /** Takes no more readers. One whom the port has taken before still gets the figures. */
    @Override
    public void close() throws IOException {
        port.close();
    }

    private void serve() {
        try {
            serveUntilClosed();
        } finally { // not in close(), which may come between taking a reader and timing it
            timer.shutdownNow();
        }
    }

    private void serveUntilClosed() {
        while (!port.isClosed()) {
            try (Socket reader = port.accept()) {
                Future<?> cut =
                        timer.schedule(() -> cut(reader), MAX_MILLIS, TimeUnit.MILLISECONDS);
                answer(reader);
                cut.cancel(false);
            } catch (IOException | JacksonException e) {
                log.debug("stats port: {}", e.getMessage()); // the reader has gone, or was cut
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void cut(Socket reader) {
        try {
            reader.close();
        } catch (IOException e) {
            log.debug("stats port: {}", e.getMessage());
        }
    }

    private void answer(Socket reader) throws IOException {
        OutputStream out = new BufferedOutputStream(reader.getOutputStream(), BUFFER_BYTES);
        figures.accept(out);
        out.flush();
        reader.shutdownOutput();
        reader.setSoTimeout(LINGER_MILLIS);
        long end = System.nanoTime() + LINGER_MILLIS * 1_000_000L;
        byte[] unwanted = new byte[1024];
        while (System.nanoTime() - end < 0 && reader.getInputStream().read(unwanted) >= 0) {
            log.trace("thrown away what a reader says");
        }
    }
}
