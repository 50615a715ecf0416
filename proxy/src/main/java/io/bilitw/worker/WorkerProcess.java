package io.bilitw.worker;

import io.bilitw.client.ClientAcceptor;
import io.bilitw.config.Config;
import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.control.CensusSeats;
import io.bilitw.control.Message;
import io.bilitw.control.Order;
import io.bilitw.control.ProcessLog;
import io.bilitw.control.Report;
import io.bilitw.control.StartSettings;
import io.bilitw.os.Descriptors;
import io.bilitw.os.MessageSocket;
import io.bilitw.os.OsException;
import io.bilitw.os.ProcessTitle;
import io.bilitw.os.Processors;
import io.bilitw.os.Signals;
import io.bilitw.stats.ClientCensus;
import io.bilitw.stats.CounterFile;
import io.bilitw.stats.SlowLog;
import io.bilitw.stats.WorkerFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process {@code bilitw worker N}: does what the master orders over the control socket, which
 * the process was given as descriptor 3. When the socket ends, so has the master, and the worker
 * finishes what it serves and ends as well.
 */
public final class WorkerProcess {

    private static final Logger log = LoggerFactory.getLogger("worker");

    /** The control socket, and the log. */
    private static final int CONTROL = 3;

    private static final int LOG = 2;

    /**
     * What may come by a terminal or by {@code pkill bilitw}, which reach all processes, and would
     * end or stop this one if it did not listen.
     */
    private static final List<String> MASTERS_SIGNALS =
            List.of("INT", "HUP", "USR1", "USR2", "TTIN", "TTOU", "WINCH", "ALRM", "IO");

    /** How long what is finished may take to leave when the worker is to stop at once. */
    private static final Duration STOP_TIME = Duration.ofMillis(300);

    /** How long clients are served on without a master, as long as they keep a request going. */
    private static final Duration ORPHAN_TIME = Duration.ofSeconds(10);

    private final int index;
    private final String version;
    private final ProcessLog processLog;
    private final MessageSocket control;
    private final Map<String, Integer> sockets = new HashMap<>();
    private String configText = "";
    private String configName = "";
    private @Nullable CounterFile counterFile;
    private SlowLog slowLog = SlowLog.inProcess();
    private @Nullable ClientCensus census;
    private CensusSeats seats = new CensusSeats(CensusSeats.NONE, List.of());
    private @Nullable Worker worker;
    private @Nullable Departure departure;

    private WorkerProcess(int index, String version, ProcessLog processLog, MessageSocket control) {
        this.control = control;
        this.index = index;
        this.version = version;
        this.processLog = processLog;
    }

    /**
     * Runs worker number {@code index} to its end.
     *
     * @param version bilitw's own version, for texts
     * @return the exit code
     */
    public static int run(int index, String version, ProcessLog processLog) throws IOException {
        for (String signal : MASTERS_SIGNALS) {
            Signals.on(signal, () -> log.debug("signal {} is the master's", signal));
        }
        WorkerProcess process =
                new WorkerProcess(index, version, processLog, new MessageSocket(CONTROL));
        Signals.on("TERM", process::stop);
        process.showTitle("");
        return process.obey();
    }

    /** Obeys what comes over {@code control} in this process, which need not be a worker's. */
    static int obey(String version, ProcessLog processLog, MessageSocket control)
            throws IOException {
        return new WorkerProcess(0, version, processLog, control).obey();
    }

    private void showTitle(String state) throws IOException {
        ProcessTitle.set("bilitw worker " + index + state, "bilitw");
    }

    private int obey() throws IOException {
        for (MessageSocket.Received received = control.receive();
                received != null;
                received = control.receive()) {
            Message<Order> order;
            try {
                order = Message.read(Order.class, received.bytes());
            } catch (IllegalArgumentException _) {
                report(Report.FAILED, "the master is of another version: restart it");
                return 1;
            }
            try {
                obey(order, received.descriptor());
            } catch (IOException | ConfigException e) {
                log.error("{}", e.getMessage());
                report(Report.FAILED, String.valueOf(e.getMessage()));
                return 1;
            }
        }
        Departure ending = departure;
        if (ending == null) {
            log.warn("the master has gone; ending when all requests are answered");
            ending = depart(null, ORPHAN_TIME);
        }
        if (ending != null) {
            ending.await();
        }
        return 0;
    }

    private void obey(Message<Order> order, int descriptor) throws IOException, ConfigException {
        switch (order.kind()) {
            case CONFIG -> {
                configName = order.argument();
                configText = Files.readString(Descriptors.path(descriptor));
                Descriptors.close(descriptor);
            }
            case FIGURES -> {
                counterFile = CounterFile.map(Descriptors.path(descriptor));
                Descriptors.close(descriptor);
            }
            case SLOW_LOG -> {
                SlowLog shared = SlowLog.map(Descriptors.path(descriptor));
                Descriptors.close(descriptor);
                slowLog = shared == null ? slowLog : shared;
            }
            case CENSUS -> {
                census = ClientCensus.map(Descriptors.path(descriptor));
                Descriptors.close(descriptor);
                seats = CensusSeats.read(order.argument());
            }
            case LISTEN -> sockets.put(order.argument(), descriptor);
            case START -> start(StartSettings.read(order.argument()));
            case MOVE -> {
                showTitle("(old)");
                depart(new MessageSocket(descriptor), millis(order));
            }
            case ADOPT -> adopt(new MessageSocket(descriptor));
            case DRAIN -> {
                showTitle("(old)");
                depart(null, millis(order));
            }
            case STOP -> stop();
            case LOG_LEVEL -> setVerbosity(Integer.parseInt(order.argument()));
            case LOG_FILE -> {
                Descriptors.replace(descriptor, LOG);
                Descriptors.close(descriptor);
            }
        }
    }

    private void setVerbosity(int verbosity) {
        processLog.setVerbosity(verbosity);
        Worker serving = worker;
        if (serving != null) {
            serving.followLogLevel();
        }
    }

    private static Duration millis(Message<Order> order) {
        return Duration.ofMillis(Long.parseLong(order.argument()));
    }

    private void start(StartSettings settings) throws IOException, ConfigException {
        processLog.setVerbosity(settings.verbosity());
        ClientAcceptor.numberFrom((long) settings.number() << Integer.SIZE);
        ConfigFile file = ConfigFile.parseChecked(configName, configText);
        WorkerFigures figures = figures(file.config());
        Worker starting =
                new Worker(settings.bufferBytes(), figures, slowLog, seats(file.config()));
        worker = starting;
        pin(starting, settings.processor());
        starting.start(file.config(), sockets, version);
        report(Report.READY, "");
        Vitals vitals = new Vitals(figures.counters(), processLog::lostLines);
        Duration patience = file.config().global().workerTimeout();
        new LookRound(starting, vitals, counterFile, patience).start();
    }

    /** Where to count the clients of each pool: with all other workers, or for itself. */
    private List<ClientCensus.Seat> seats(Config config) {
        ClientCensus shared = census;
        List<ClientCensus.Seat> taken = new ArrayList<>();
        for (int i = 0; i < config.pools().size(); i++) {
            int worker = seats.worker();
            int address =
                    i < seats.addresses().size() ? seats.addresses().get(i) : CensusSeats.NONE;
            taken.add(
                    shared == null || worker == CensusSeats.NONE || address == CensusSeats.NONE
                            ? ClientCensus.alone()
                            : shared.seat(address, worker));
        }
        return taken;
    }

    /** Where to count: in the file of a master that counts the same, else for nobody. */
    private WorkerFigures figures(Config config) {
        CounterFile file = counterFile;
        if (file != null && file.isOfThisVersion()) {
            return file.figures(config);
        }
        log.warn(
                "the master is of another version and shows no figures of this worker; restart it");
        return new WorkerFigures(config);
    }

    /** Pins the event loop; a worker that cannot be pinned serves all the same. */
    private static void pin(Worker starting, int processor) {
        if (processor == StartSettings.ANY_PROCESSOR) {
            return;
        }
        BitSet own = new BitSet();
        own.set(processor);
        starting.eventLoop()
                .execute(() -> {
                    try {
                        Processors.use(own);
                        Processors.useForProcess(own);
                        log.info("event loop is pinned to processor {}", processor);
                    } catch (OsException e) {
                        log.warn(
                                "event loop cannot be pinned to processor {}: {}",
                                processor,
                                e.getMessage());
                    }
                });
    }

    private void adopt(MessageSocket predecessor) {
        Worker adopting = worker;
        if (adopting != null) {
            new Adoption(adopting, predecessor).start();
        }
    }

    private void stop() {
        depart(null, STOP_TIME);
    }

    /**
     * Begins to end: clients go to {@code successor}, or if that is null are told to go. What is
     * left after {@code time} is cut. Another order to end only shortens the time.
     */
    private synchronized @Nullable Departure depart(
            @Nullable MessageSocket successor, Duration time) {
        Worker leaving = worker;
        Departure running = departure;
        if (leaving == null) {
            Runtime.getRuntime().exit(0); // it has not begun to serve
            return null;
        }
        if (running != null) {
            running.hurry(time);
            return running;
        }
        Departure begun = new Departure(leaving, successor, time, control::shutdown);
        departure = begun;
        begun.start();
        return begun;
    }

    private void report(Report kind, String argument) {
        try {
            if (!control.trySend(
                    new Message<>(kind, argument).bytes(), MessageSocket.NO_DESCRIPTOR)) {
                log.warn("the master does not listen");
            }
        } catch (OsException e) {
            log.warn("cannot tell the master: {}", e.getMessage());
        }
    }
}
