package io.bilitw.worker;

import io.bilitw.client.BackPressure;
import io.bilitw.client.ClientAcceptor;
import io.bilitw.config.Config;
import io.bilitw.config.GlobalConfig;
import io.bilitw.config.PoolConfig;
import io.bilitw.net.Listener;
import io.bilitw.net.Loop;
import io.bilitw.net.Transport;
import io.bilitw.os.Descriptors;
import io.bilitw.pool.Pool;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.RequestPool;
import io.bilitw.server.Server;
import io.bilitw.server.ServerConnector;
import io.bilitw.stats.ClientCensus;
import io.bilitw.stats.PoolFigures;
import io.bilitw.stats.SlowLog;
import io.bilitw.stats.WorkerFigures;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that serves requests: one event loop with the pools of the configuration. */
final class Worker {

    private static final Logger log = LoggerFactory.getLogger("worker");

    private static final Logger requestLog = LoggerFactory.getLogger(Loop.REQUEST_LOG);

    /** About as many files a worker has open before the first connection. */
    private static final int OWN_FILES = 32;

    /** The longest request, unless the configuration says more or less: a value as redis has it. */
    private static final long MAX_REQUEST_BYTES = 512 * 1024 * 1024;

    /** No request may take more than this share of the memory for buffers. */
    private static final int REQUEST_SHARE = 4;

    /** How long servers are waited for that do not answer; requests can do that as well. */
    private static final long MAX_PRECONNECT_MILLIS = 1000;

    private final EventLoopGroup group = Transport.newEventLoop("worker");
    private final EventLoop eventLoop = group.next();
    private final Loop loop;
    private final ServerConnector connector = new ServerConnector(eventLoop);
    private final WorkerFigures figures;
    private final SlowLog slowLog;
    private final List<ClientCensus.Seat> seats;
    private final RequestPool requests = new RequestPool();
    private final List<ClientAcceptor> acceptors = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    /**
     * Makes a worker without pools.
     *
     * @param bufferBytes the size of an out-buffer
     * @param figures where it counts, for the configuration that it will {@linkplain #start start}
     * @param slowLog where slow requests go
     * @param seats where the clients of each pool are counted
     */
    Worker(int bufferBytes, WorkerFigures figures, SlowLog slowLog, List<ClientCensus.Seat> seats) {
        this.figures = figures;
        this.slowLog = slowLog;
        this.seats = seats;
        loop = new Loop(eventLoop, bufferBytes);
        loop.onTurn(figures.turns()::record);
        loop.memory().countRequests(requests::inUse);
        followLogLevel();
    }

    /**
     * Starts to serve what {@code config} describes.
     *
     * @param sockets the listening sockets, by their addresses
     * @param version bilitw's own version, for texts
     * @throws IOException if that is not possible; the message is one for the operator
     */
    void start(Config config, Map<String, Integer> sockets, String version) throws IOException {
        long maxRequestBytes = maxRequestBytes(config.global());
        for (int i = 0; i < config.pools().size(); i++) {
            PoolConfig pool = config.pools().get(i);
            addPool(poolOf(pool, figures.pools().get(i), version), seats.get(i), maxRequestBytes);
        }
        Duration outputTimeout = config.global().clientOutputTimeout();
        onEventLoop(() -> new BackPressure(loop, acceptors, outputTimeout));
        logLimits();
        awaitServers();
        for (ClientAcceptor acceptor : acceptors) {
            listen(acceptor, sockets);
        }
    }

    /** Begins or ends to log single requests, as the level of the log is now. */
    void followLogLevel() {
        boolean isWanted = requestLog.isTraceEnabled();
        eventLoop.execute(() -> loop.traceRequests(isWanted));
    }

    /** The event loop that all of it lives on. */
    EventLoop eventLoop() {
        return eventLoop;
    }

    /** How many turns of the event loop have written something so far; on the event loop. */
    long turns() {
        return loop.turns();
    }

    /** Frees memory that is not needed; on the event loop. */
    void tidy() {
        loop.tidy();
    }

    /** Counts what waits in queues now; on the event loop. */
    void countQueues() {
        for (ClientAcceptor acceptor : acceptors) {
            acceptor.pool().servers().forEach(Server::countQueues);
        }
    }

    /** The clients of each pool; to be looked at on the event loop. */
    List<ClientAcceptor> acceptors() {
        return acceptors;
    }

    /** The pool that clients of {@code listen} get, else the one of that name, else null. */
    @Nullable ClientAcceptor acceptorFor(String listen, String pool) {
        for (ClientAcceptor acceptor : acceptors) {
            if (acceptor.pool().config().listen().toString().equals(listen)) {
                return acceptor;
            }
        }
        for (ClientAcceptor acceptor : acceptors) {
            if (acceptor.pool().config().name().equals(pool)) {
                return acceptor;
            }
        }
        return null;
    }

    /** Accepts no more clients; on the event loop. */
    void stopListening() {
        acceptors.forEach(ClientAcceptor::stopLookingForIdle);
        listeners.forEach(Listener::close);
        listeners.clear();
    }

    /** Tells whether no client is left and no request is outstanding; on the event loop. */
    boolean isDone() {
        for (ClientAcceptor acceptor : acceptors) {
            if (!acceptor.isEmpty() || !acceptor.pool().isIdle()) {
                return false;
            }
        }
        return true;
    }

    /** Stops at once: clients and servers are disconnected. */
    void stop() {
        onEventLoop(() -> {
            stopListening();
            for (ClientAcceptor acceptor : acceptors) {
                acceptor.close();
                acceptor.pool().close();
            }
        });
        connector.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        loop.close();
    }

    /** Tells how many connections there can be, in the words of twemproxy. */
    private void logLimits() throws IOException {
        long servers = 0;
        long clients = 0;
        for (ClientAcceptor acceptor : acceptors) {
            Pool pool = acceptor.pool();
            int each = pool.config().serverConnections() * pool.protocol().dialects();
            servers += (long) each * pool.servers().size();
            clients += pool.config().clientConnections();
        }
        long files = Descriptors.limit(); // the JVM has raised it as far as it may be raised
        log.info(
                "max fds {} max client conns {} max server conns {}",
                files,
                Math.max(0, files - servers - OWN_FILES),
                servers);
        long needed = servers + clients + OWN_FILES;
        if (needed > files) {
            log.warn(
                    "this process may open {} files, but the configuration can need {}: raise the"
                            + " hard limit (ulimit -Hn, LimitNOFILE=)",
                    files,
                    needed);
        }
    }

    private long maxRequestBytes(GlobalConfig global) {
        return global.maxRequestSize() > 0
                ? global.maxRequestSize()
                : Math.min(MAX_REQUEST_BYTES, loop.memory().limit() / REQUEST_SHARE);
    }

    private Pool poolOf(PoolConfig config, PoolFigures counted, String version) {
        Protocol protocol = WireProtocol.spokenBy(config).of(config, version, slowLog);
        return new Pool(config, protocol, loop, requests, connector, counted, slowLog);
    }

    private void addPool(Pool pool, ClientCensus.Seat seat, long maxRequestBytes) {
        acceptors.add(new ClientAcceptor(pool, loop, requests, seat, maxRequestBytes));
        if (pool.config().preconnect()) {
            onEventLoop(pool::preconnect);
        }
    }

    /** Waits for the connections that were opened in advance. */
    private void awaitServers() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_PRECONNECT_MILLIS);
        while (!areServersSettled() && System.nanoTime() < end) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean areServersSettled() {
        return eventLoop
                .submit(() -> acceptors.stream().allMatch(each -> each.pool().isSettled()))
                .syncUninterruptibly()
                .getNow();
    }

    private void listen(ClientAcceptor acceptor, Map<String, Integer> sockets) throws IOException {
        PoolConfig config = acceptor.pool().config();
        Integer socket = sockets.get(config.listen().toString());
        if (socket == null) {
            throw new IOException(
                    "pool '" + config.name() + "' has no socket for " + config.listen());
        }
        Listener.Settings settings =
                new Listener.Settings(config.listen(), socket, config.tcpkeepalive());
        listeners.add(Listener.open(eventLoop, settings, acceptor::accept));
        log.info(
                "listening on '{}' in pool '{}' with {} servers",
                config.listen(),
                config.name(),
                config.servers().size());
    }

    /** Runs {@code task} where the pools live, and throws what it throws. */
    private void onEventLoop(Runnable task) {
        eventLoop.submit(task).syncUninterruptibly();
    }
}
