package io.bilitw.master;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.config.ConfigFile;
import io.bilitw.config.GlobalConfig;
import io.bilitw.config.PoolConfig;
import io.bilitw.control.CensusSeats;
import io.bilitw.control.Order;
import io.bilitw.control.StartSettings;
import io.bilitw.os.ChildProcess;
import io.bilitw.os.Descriptors;
import io.bilitw.os.MachineMemory;
import io.bilitw.os.MessageSocket;
import io.bilitw.os.OsException;
import io.bilitw.os.Processors;
import io.bilitw.stats.CounterFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts worker processes and gives each what it needs. Confined to the master's thread. */
final class WorkerStarter {

    private static final int STDERR = 2;
    private static final int LOG_MODE = 0644;

    /** Where the launcher finds more flags for the virtual machine. */
    private static final String JAVA_OPTIONS = "BILITW_JAVA_OPTS";

    private final MasterSettings settings;
    private final ListenSockets sockets;
    private final int slowLogMemory;
    private final Census census;
    private final Consumer<Event> events;
    private final long machineBytes = MachineMemory.bytes();
    private int log;
    private int verbosity;
    private int startedCount;

    /**
     * Starts workers. Opens their log and keeps it open: whoever has replaced a file that only root
     * may write must not hold up a worker that is to replace one.
     *
     * @param figures what they count, and the memory that they all share
     * @param events hears of them
     * @throws OsException if the log cannot be opened
     */
    WorkerStarter(
            MasterSettings settings, ListenSockets sockets, Figures figures, Consumer<Event> events)
            throws OsException {
        this.settings = settings;
        this.sockets = sockets;
        slowLogMemory = figures.slowLogMemory();
        census = figures.census();
        this.events = events;
        verbosity = settings.verbosity();
        log = openLog();
    }

    /** The log level of workers that are started from now on. */
    void setVerbosity(int level) {
        verbosity = level;
    }

    /**
     * Starts worker number {@code index} with this configuration; it will report.
     *
     * @throws IOException if there is no starting it; the message is one for the operator
     */
    WorkerHandle start(int index, ConfigFile config) throws IOException {
        List<MessageSocket> ends = MessageSocket.pair();
        List<Integer> opened = new ArrayList<>();
        try (MessageSocket theirs = ends.getLast()) {
            int figures =
                    Descriptors.openInMemory("bilitw-figures", CounterFile.bytes(config.config()));
            opened.add(figures);
            int text = Descriptors.openInMemory("bilitw-config", config.text().getBytes(UTF_8));
            opened.add(text);
            ChildProcess process = spawn(index, config.config().global(), theirs.descriptor());
            CounterFile mapped = CounterFile.create(Descriptors.path(figures));
            CensusSeats seats = census.take(config.config().pools());
            WorkerHandle worker =
                    new WorkerHandle(
                            index, process, ends.getFirst(), mapped, config.config(), seats);
            worker.order(Order.CONFIG, settings.configFile().toString(), text);
            worker.order(Order.FIGURES, "", figures);
            worker.order(Order.SLOW_LOG, "", slowLogMemory);
            worker.order(Order.CENSUS, seats.text(), census.memory());
            for (PoolConfig pool : config.config().pools()) {
                worker.order(
                        Order.LISTEN,
                        pool.listen().toString(),
                        sockets.socket(pool.listen(), index));
            }
            StartSettings start =
                    new StartSettings(
                            settings.bufferBytes(), verbosity, startedCount++, processor(index));
            worker.order(Order.START, start.text());
            worker.listen(events);
            return worker;
        } catch (IOException e) {
            ends.getFirst().close();
            throw new IOException("cannot start worker " + index + ": " + e.getMessage(), e);
        } finally {
            opened.forEach(Descriptors::close);
        }
    }

    private int processor(int index) {
        return settings.processors().isEmpty()
                ? StartSettings.ANY_PROCESSOR
                : settings.processors().get(index);
    }

    /**
     * Opens the log's file anew, for workers that are started from now on, and returns it; it stays
     * this object's. If that is not possible, the one before stays open.
     */
    int reopenLog() throws OsException {
        int before = log;
        log = openLog();
        if (before != STDERR) {
            Descriptors.close(before);
        }
        return log;
    }

    private int openLog() throws OsException {
        Path file = settings.logFile();
        return file == null ? STDERR : Descriptors.openForAppend(file, LOG_MODE);
    }

    /**
     * Spawns on the processors of all workers, which a process inherits from the thread. The worker
     * puts its event loop on its own one; the compiler of a worker that is just starting may use
     * what the others leave.
     */
    private ChildProcess spawn(int index, GlobalConfig global, int control) throws OsException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("NOTIFY_SOCKET");
        MemoryPlan plan = MemoryPlan.of(global, settings.workers(), machineBytes);
        String flags = String.join(" ", plan.flags()); // first, as the operator's own shall win
        environment.merge(JAVA_OPTIONS, flags, (theirs, ours) -> ours + " " + theirs);
        List<String> arguments = List.of(settings.launcher(), "worker", Integer.toString(index));
        int input = Descriptors.openForAppend(Path.of("/dev/null"), 0);
        BitSet before = Processors.allowed();
        try {
            if (!settings.processors().isEmpty()) {
                BitSet chosen = new BitSet();
                settings.processors().forEach(chosen::set);
                Processors.use(chosen);
            }
            return ChildProcess.start(
                    settings.launcher(),
                    arguments,
                    environment,
                    List.of(input, log, log, control),
                    false);
        } finally {
            Processors.use(before);
            Descriptors.close(input);
        }
    }
}
