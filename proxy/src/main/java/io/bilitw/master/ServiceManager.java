package io.bilitw.master;

import io.bilitw.os.NotifySocket;
import io.bilitw.os.OsException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how far the program is, if it wants to know ({@code Type=notify}, sd_notify(3)).
 */
final class ServiceManager {

    private static final Logger log = LoggerFactory.getLogger("master");

    private final @Nullable String socket;

    ServiceManager(@Nullable String socket) {
        this.socket = socket;
    }

    void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    void reloading() {
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        send("RELOADING=1\nMONOTONIC_USEC=" + micros);
    }

    void stopping() {
        send("STOPPING=1");
    }

    private void send(String state) {
        String path = socket;
        if (path == null) {
            return;
        }
        try {
            NotifySocket.send(path, state);
        } catch (OsException e) {
            log.warn("cannot notify the service manager: {}", e.getMessage());
        }
    }
}
