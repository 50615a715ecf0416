package io.bilitw.master;

import io.bilitw.os.Signals;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the master's signals into events. */
final class MasterSignals {

    private static final Logger log = LoggerFactory.getLogger("master");

    private MasterSignals() {}

    static void handle(Consumer<Event> events) throws IOException {
        for (Signal signal : Signal.values()) {
            Runnable report =
                    () -> events.accept(new Event.Signalled(signal, ReloadWatcher.NOBODY));
            if (signal != Signal.QUIT) {
                Signals.on(signal.name(), report);
            } else if (!Signals.onQuit(report)) {
                log.warn("QUIT is not handled, as descriptor 3 was not reserved by bin/bilitw");
            }
        }
    }
}
