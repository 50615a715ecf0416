package io.bilitw.master;

import io.bilitw.config.Config;
import io.bilitw.config.GlobalConfig;
import io.bilitw.stats.Ledger;
import io.bilitw.stats.StatsJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The figures of all workers and where they are given out: the stats port and the stats file. */
final class Figures implements AutoCloseable {

    private final Ledger ledger;
    private final String version;
    private final String host = hostName();
    private final StatsFile file = new StatsFile(this::write);
    private @Nullable StatsPort port;

    /** Begins the books of what {@code config} describes; {@code version} is bilitw's own. */
    Figures(Config config, String version) {
        ledger = new Ledger(config);
        this.version = version;
    }

    /** The books. */
    Ledger ledger() {
        return ledger;
    }

    /**
     * Opens the stats port.
     *
     * @throws IOException with a sentence for the operator
     */
    void openPort(InetSocketAddress address) throws IOException {
        port = StatsPort.open(address, this::write);
    }

    /** Appends to the stats file if it is time to; on the master's thread. */
    void appendIfDue(GlobalConfig global) {
        file.appendIfDue(global.statsFile(), global.statsDuration());
    }

    @Override
    public void close() throws IOException {
        StatsPort opened = port;
        if (opened != null) {
            opened.close();
        }
    }

    private void write(OutputStream out) {
        new StatsJson(ledger.snapshot(), version, host).write(out);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unknown";
        }
    }
}
