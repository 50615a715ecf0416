package io.bilitw.master;

import io.bilitw.admin.HttpPort;
import io.bilitw.admin.MasterView;
import io.bilitw.config.Config;
import io.bilitw.config.GlobalConfig;
import io.bilitw.os.Account;
import io.bilitw.os.Descriptors;
import io.bilitw.os.OsException;
import io.bilitw.stats.Ledger;
import io.bilitw.stats.SlowLog;
import io.bilitw.stats.Snapshot;
import io.bilitw.stats.StatsJson;
import io.bilitw.stats.WorkerState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of all workers and where they are given out: the stats port, the stats file and HTTP.
 */
final class Figures implements AutoCloseable, MasterView {

    private static final Logger log = LoggerFactory.getLogger("http");

    /** Its lines appear at every level. */
    private static final Logger slow = LoggerFactory.getLogger("slowlog");

    private final Ledger ledger;
    private final int slowLogMemory;
    private final SlowLog slowLog;
    private final Census census = new Census();
    private final String version;
    private final String host = hostName();
    private final StatsFile file = new StatsFile(this::writeStats);
    private final int workers;
    private final Thread master = Thread.currentThread();
    private volatile WorkerState state = WorkerState.STARTING;
    private long toldLeftOut;
    private @Nullable StatsPort port;
    private @Nullable HttpPort http;

    /**
     * Begins the books of what {@code config} describes, in the thread that looks after the {@code
     * workers}; {@code version} is bilitw's own.
     *
     * @throws IOException if there is no memory for them
     */
    Figures(Config config, int workers, String version) throws IOException {
        ledger = new Ledger(config);
        slowLogMemory = Descriptors.openInMemory("bilitw-slowlog", SlowLog.BYTES);
        slowLog = SlowLog.create(Descriptors.path(slowLogMemory));
        this.workers = workers;
        this.version = version;
    }

    /** The books. */
    Ledger ledger() {
        return ledger;
    }

    /** Where workers count their clients. */
    Census census() {
        return census;
    }

    /** Closes the books of a worker that has ended. */
    void forget(WorkerHandle worker) {
        ledger.close(worker.entry());
        census.giveBack(worker.seats());
    }

    /** Makes the memory that workers share the property of {@code account}. */
    void handTo(Account account) throws OsException {
        account.own(slowLogMemory);
        account.own(census.memory());
    }

    /** The memory of the slow log, for a worker; stays owned by this object. */
    int slowLogMemory() {
        return slowLogMemory;
    }

    /**
     * Takes the stats port and the HTTP port. An HTTP port that nobody asked for need not be free:
     * it is the stats port of another instance if those follow each other, which has been no fault
     * before twemproxy was replaced.
     *
     * @throws IOException with a sentence for the operator
     */
    void open(MasterSettings settings) throws IOException {
        InetSocketAddress stats = settings.stats();
        if (stats != null) {
            port = StatsPort.open(stats, this::writeStats);
        }
        InetSocketAddress address = settings.http();
        if (address != null) {
            try {
                http = HttpPort.open(address);
            } catch (IOException e) {
                if (settings.wantsHttp()) {
                    throw e;
                }
                log.warn("{}; going on without", e.getMessage());
            }
        }
    }

    /**
     * Begins to answer at the HTTP port, if there is one.
     *
     * @throws IOException with a sentence for the operator
     */
    void serveHttp() throws IOException {
        HttpPort opened = http;
        if (opened != null) {
            opened.serve(this);
        }
    }

    /** Notes how far the program has come. */
    void become(WorkerState next) {
        state = next;
    }

    @Override
    public Snapshot snapshot() {
        return ledger.snapshot();
    }

    @Override
    public Config config() {
        return ledger.config();
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public WorkerState state() {
        return state;
    }

    @Override
    public boolean isAlive() {
        return master.isAlive();
    }

    @Override
    public String version() {
        return version;
    }

    /**
     * Writes to the stats file, and to the log, what is due; on the master's thread.
     *
     * @return how long it is until the stats file is due again, in nanoseconds
     */
    long writeWhatIsDue(GlobalConfig global) {
        long nanos = file.appendIfDue(global.statsFile(), global.statsDuration());
        long leftOut = slowLog.leftOut();
        if (leftOut > toldLeftOut) {
            slow.warn(
                    "{} more slow requests have no line here, which {} in a second may have",
                    leftOut - toldLeftOut,
                    SlowLog.LINES_PER_SECOND);
            toldLeftOut = leftOut;
        }
        return nanos;
    }

    @Override
    public SlowLog slowLog() {
        return slowLog;
    }

    @Override
    public void close() throws IOException {
        StatsPort opened = port;
        if (opened != null) {
            opened.close();
        }
        HttpPort web = http;
        if (web != null) {
            web.close();
        }
        Descriptors.close(slowLogMemory);
        census.close();
    }

    @Override
    public void writeStats(OutputStream out) {
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
