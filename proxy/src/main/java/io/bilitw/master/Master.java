package io.bilitw.master;

import io.bilitw.config.Changes;
import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.config.GlobalConfig;
import io.bilitw.control.Message;
import io.bilitw.control.Order;
import io.bilitw.control.ProcessLog;
import io.bilitw.control.Report;
import io.bilitw.os.ExitStatus;
import io.bilitw.os.ProcessTitle;
import io.bilitw.stats.WorkerState;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process {@code bilitw master}: one thread that takes one event after the other, a signal or
 * something a worker has said or its end, and looks after what is due.
 *
 * <p>A reload starts a whole new generation of workers beside the old one. Only when every worker
 * of the new one serves, the old ones are told to give their clients away and to end; if one of the
 * new ones cannot serve, all of them are ended and the old ones never hear of it.
 */
public final class Master {

    private static final Logger log = LoggerFactory.getLogger("master");

    /** How long a worker may take to its first readiness. */
    private static final Duration START_TIME = Duration.ofSeconds(30);

    /** How long a worker may take beyond what it was told. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration STOP_TIME = Duration.ofMillis(700);

    /** How long the master waits for events at most, in nanoseconds; less while it is busy. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How often it looks in the time that a worker may stand still. */
    private static final int LOOKS = 4;

    private final MasterSettings settings;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Privileges privileges;
    private final ListenSockets sockets;
    private final MasterFiles files;
    private final WorkerStarter starter;
    private final Logs logs;
    private final ServiceManager serviceManager;
    private final Runnable onStarted;
    private final Set<WorkerHandle> leaving = new HashSet<>();
    private final Figures figures;
    private Generation current;
    private @Nullable Generation next;
    private ReloadWatcher watcher = ReloadWatcher.NOBODY;

    /** Clients are moving to the new generation. */
    private boolean isSwitching;

    private boolean isStarted;
    private boolean isStopping;
    private @Nullable String startFault;

    private Master(
            MasterSettings settings, ConfigFile config, ProcessLog processLog, Runnable onStarted)
            throws IOException {
        this.settings = settings;
        this.onStarted = onStarted;
        privileges = Privileges.of(config.config().global());
        sockets = new ListenSockets(settings.workers());
        figures = new Figures(config.config(), settings.workers(), settings.version());
        files = new MasterFiles(sockets, figures);
        starter = new WorkerStarter(settings, sockets, figures, events::add);
        logs = new Logs(settings, processLog, starter);
        serviceManager = new ServiceManager(settings.notifySocket());
        current = new Generation(config, settings.workers());
    }

    /**
     * Runs the master to its end, which was asked for.
     *
     * @param config what to begin with
     * @param onStarted called when all workers serve
     * @throws IOException with a sentence for the operator, if the start fails
     */
    public static void run(
            MasterSettings settings, ConfigFile config, ProcessLog processLog, Runnable onStarted)
            throws IOException {
        Master master = new Master(settings, config, processLog, onStarted);
        try (MasterFiles files = master.files) {
            files.open(settings, master.events::add);
            ProcessTitle.set("bilitw master", "bilitw");
            MasterSignals.handle(master.events::add);
            master.start();
            master.loop();
        }
    }

    private void start() throws IOException {
        sockets.openMissing(current.config().config());
        privileges.giveUp(settings, files);
        try {
            fill(current);
            figures.serveHttp(); // the workers need longer to start than this does
        } catch (IOException e) {
            current.workers().forEach(WorkerHandle::kill);
            throw e;
        }
    }

    private void fill(Generation generation) throws IOException {
        for (int index = 0; index < settings.workers(); index++) {
            startWorker(generation, index);
        }
    }

    private void startWorker(Generation generation, int index) throws IOException {
        WorkerHandle worker = starter.start(index, generation.config());
        worker.expectWithin(START_TIME.toNanos());
        figures.ledger().open(worker.entry());
        generation.slots().get(index).fill(worker);
        log.info("started {}", worker);
    }

    private void loop() throws IOException {
        long pause = BUSY_NANOS;
        while (!isStopping || !leaving.isEmpty()) {
            Event event = null;
            try {
                event = events.poll(pause, TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                stop();
            }
            if (event != null) {
                handle(event);
            }
            pause = lookAround();
        }
        if (startFault != null) {
            throw new IOException(startFault);
        }
    }

    /** Tells whether nothing is in progress that must be looked at often. */
    private boolean isCalm() {
        return isStarted && !isStopping && next == null && leaving.isEmpty() && current.isFull();
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Signalled(Signal signal, ReloadWatcher asking) -> obey(signal, asking);
            case Event.Reported(WorkerHandle worker, Message<Report> report) -> {
                switch (report.kind()) {
                    case READY -> onReady(worker);
                    case FAILED -> worker.complain(report.argument());
                }
            }
            case Event.Ended(WorkerHandle worker, ExitStatus status) -> {
                worker.close();
                figures.forget(worker);
                onEnd(worker, status);
            }
        }
    }

    private void obey(Signal signal, ReloadWatcher asking) {
        switch (signal) {
            case HUP -> reload(asking);
            case TERM, INT -> stop();
            case QUIT -> drain();
            case USR1 -> logs.reopen(all());
            case TTIN -> logs.more(all());
            case TTOU -> logs.less(all());
            case WINCH, USR2, PIPE, ALRM, IO -> log.debug("signal {} means nothing here", signal);
        }
    }

    private void onReady(WorkerHandle worker) {
        worker.ready();
        log.info("{} is ready after {} ms", worker, worker.startMillis());
        if (isStopping) {
            return;
        }
        Generation coming = next;
        if (coming != null && coming.isReady()) {
            switchTo(coming);
        } else if (!isStarted && current.isReady()) {
            isStarted = true;
            figures.become(WorkerState.SERVING);
            serviceManager.ready(settings.workers() + " workers serve");
            onStarted.run();
        }
    }

    private void onEnd(WorkerHandle worker, ExitStatus status) {
        String sentence = worker.lastWords(status);
        Generation coming = next;
        if (leaving.remove(worker)) {
            log.info("{}", sentence);
            if (leaving.isEmpty() && isSwitching) {
                finishReload();
            }
        } else if (coming != null && coming.has(worker)) {
            coming.slot(worker).empty(System.nanoTime());
            abandonReload(sentence);
        } else if (current.has(worker)) {
            long pause = current.slot(worker).empty(System.nanoTime());
            if (isStarted) {
                figures.ledger().onWorkerLost();
                log.error("{}; replacing it in {} ms", sentence, pause / 1_000_000);
            } else {
                startFault = worker.complaint().isEmpty() ? sentence : worker.complaint();
                stop();
            }
        }
    }

    /** Does what is due; how long it may be until the next time, in nanoseconds. */
    private long lookAround() {
        long now = System.nanoTime();
        if (isStarted && !isStopping) {
            refill(now);
        }
        GlobalConfig global = current.config().config().global();
        long pause = isStarted ? figures.writeWhatIsDue(global) : BUSY_NANOS;
        long limit = global.workerTimeout().toNanos();
        leaving.forEach(worker -> worker.lookAfter(now, limit));
        current.lookAfter(now, limit);
        Generation coming = next;
        if (coming != null) {
            coming.lookAfter(now, limit);
        }
        return isCalm() ? Math.min(pause, Math.min(CALM_NANOS, limit / LOOKS)) : BUSY_NANOS;
    }

    private void refill(long now) {
        for (int index = 0; index < settings.workers(); index++) {
            Slot slot = current.slots().get(index);
            if (slot.isRefillDue(now)) {
                try {
                    startWorker(current, index);
                } catch (IOException e) {
                    long pause = slot.empty(now);
                    log.error("{}; trying again in {} ms", e.getMessage(), pause / 1_000_000);
                }
            }
        }
    }

    private List<WorkerHandle> all() {
        Set<WorkerHandle> all = new HashSet<>(leaving);
        current.workers().forEach(all::add);
        Generation coming = next;
        if (coming != null) {
            coming.workers().forEach(all::add);
        }
        return List.copyOf(all);
    }

    // --- reload ---

    private void reload(ReloadWatcher asking) {
        if (isStopping || !isStarted) {
            refuse(asking, isStopping ? "the program is stopping" : "the program is starting");
            return;
        }
        if (next != null || !leaving.isEmpty()) {
            refuse(asking, "another reload is not over yet");
            return;
        }
        log.info("reloading {}", settings.configFile());
        serviceManager.reloading();
        watcher = asking;
        try {
            ConfigFile file = ConfigFile.load(settings.configFile());
            file.warnings().forEach(warning -> log.warn("{}", warning));
            List<String> changes = Changes.between(current.config().config(), file.config());
            changes.forEach(change -> log.info("change: {}", change));
            changes.forEach(asking::onStep);
            privileges.check(file.config().global());
            next = new Generation(file, settings.workers());
            sockets.openMissing(file.config());
            fill(next);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> log.error("{}", problem));
            e.problems().forEach(problem -> asking.onStep(problem.toString()));
            abandonReload("the configuration is invalid");
        } catch (IOException e) {
            abandonReload(privileges.explain(e));
        }
    }

    private void refuse(ReloadWatcher asking, String reason) {
        figures.ledger().onFailedReload();
        log.warn("reload refused: {}", reason);
        asking.onStep("refused: " + reason);
        asking.onEnd(false);
    }

    /** The new generation is given up; the old one serves on. */
    private void abandonReload(String reason) {
        Generation coming = next;
        next = null;
        if (coming != null) {
            coming.workers().forEach(WorkerHandle::kill);
            coming.workers().forEach(leaving::add);
        }
        sockets.serveOnly(current.config().config());
        figures.ledger().onFailedReload();
        log.error("reload failed, all goes on as before: {}", reason);
        serviceManager.ready("the last reload failed: " + reason);
        ReloadWatcher asking = watcher;
        watcher = ReloadWatcher.NOBODY;
        asking.onStep("failed, all goes on as before: " + reason);
        asking.onEnd(false);
    }

    /** The new generation serves; the old one gives it its clients and ends. */
    private void switchTo(Generation coming) {
        Generation old = current;
        current = coming;
        next = null;
        isSwitching = true;
        figures.ledger().serve(coming.config().config());
        Duration time = coming.config().config().global().reloadTimeout();
        old.workers()
                .forEach(worker -> {
                    WorkerHandle successor = coming.slots().get(worker.index()).worker();
                    worker.expectWithin(time.plus(GRACE).toNanos());
                    worker.moveTo(successor, time);
                    leaving.add(worker);
                });
        sockets.serveOnly(coming.config().config());
        watcher.onStep("new workers serve; clients move to them");
        if (leaving.isEmpty()) {
            finishReload();
        }
    }

    private void finishReload() {
        isSwitching = false;
        log.info("reload is done, all old workers have ended");
        serviceManager.ready(settings.workers() + " workers serve");
        ReloadWatcher asking = watcher;
        watcher = ReloadWatcher.NOBODY;
        asking.onEnd(true);
    }

    // --- the end ---

    private void stop() {
        log.info("stopping");
        beginToStop(Order.STOP, "", STOP_TIME);
    }

    private void drain() {
        log.info("stopping when all requests are answered");
        Duration time = current.config().config().global().reloadTimeout();
        beginToStop(Order.DRAIN, Long.toString(time.toMillis()), time.plus(GRACE));
    }

    private void beginToStop(Order order, String argument, Duration limit) {
        serviceManager.stopping();
        isStopping = true;
        figures.become(WorkerState.LEAVING);
        isSwitching = false;
        leaving.addAll(all());
        next = null;
        sockets.closeAll();
        for (WorkerHandle worker : leaving) {
            worker.order(order, argument);
            worker.entry().become(WorkerState.LEAVING);
            worker.expectWithin(limit.toNanos());
        }
    }
}
