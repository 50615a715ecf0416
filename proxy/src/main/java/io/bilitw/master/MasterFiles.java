package io.bilitw.master;

import io.bilitw.os.Account;
import io.bilitw.os.OsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the master opens at its start and closes at its end: the pid file, the ports where it is
 * asked, and the sockets of the pools, which it gets open. Confined to the master's thread.
 */
final class MasterFiles implements AutoCloseable {

    private final ListenSockets sockets;
    private final Figures figures;
    private @Nullable PidFile pidFile;
    private @Nullable ReloadPort reloadPort;

    MasterFiles(ListenSockets sockets, Figures figures) {
        this.sockets = sockets;
        this.figures = figures;
    }

    /**
     * Opens all but the sockets of the pools; to be closed even if that fails.
     *
     * @throws IOException with a sentence for the operator
     */
    void open(MasterSettings settings, Consumer<Event> events) throws IOException {
        Path path = settings.pidFile();
        if (path != null) {
            pidFile = PidFile.take(path);
            reloadPort = ReloadPort.open(path, events);
        }
        figures.open(settings);
    }

    /** Makes what has an owner the property of {@code account}, who may remove it at the end. */
    void handTo(Account account) throws OsException {
        PidFile ours = pidFile;
        if (ours != null) {
            account.own(ours.path());
        }
        ReloadPort port = reloadPort;
        if (port != null) {
            account.own(port.path());
        }
        sockets.handTo(account);
        figures.handTo(account);
    }

    @Override
    public void close() throws IOException {
        sockets.closeAll();
        ReloadPort port = reloadPort;
        if (port != null) {
            port.close();
        }
        figures.close();
        PidFile ours = pidFile;
        if (ours != null) {
            ours.close();
        }
    }
}
