package io.bilitw.worker;

import io.bilitw.client.ClientAcceptor;
import io.bilitw.config.Config;
import io.bilitw.config.PoolConfig;
import io.bilitw.net.Listener;
import io.bilitw.net.Loop;
import io.bilitw.net.Transport;
import io.bilitw.pool.Pool;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.RequestPool;
import io.bilitw.server.Server;
import io.bilitw.server.ServerConnector;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that serves requests: one event loop with the pools of the configuration. */
public final class Worker {

    private static final Logger log = LoggerFactory.getLogger("worker");

    private final EventLoopGroup group = Transport.newEventLoop("worker");
    private final EventLoop eventLoop = group.next();
    private final Loop loop;
    private final ServerConnector connector = new ServerConnector(eventLoop);
    private final RequestPool requests = new RequestPool();
    private final List<Pool> pools = new ArrayList<>();
    private final List<ClientAcceptor> acceptors = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    private Worker(int bufferBytes) {
        loop = new Loop(eventLoop, bufferBytes);
    }

    /**
     * Starts to serve what {@code config} describes.
     *
     * @param bufferBytes the size of an out-buffer
     * @param version bilitw's own version, for texts
     * @throws IOException if that is not possible; the message is one for the operator, and nothing
     *     is left open
     */
    public static Worker start(Config config, int bufferBytes, String version) throws IOException {
        Worker worker = new Worker(bufferBytes);
        try {
            for (PoolConfig pool : config.pools()) {
                worker.addPool(pool, version);
            }
            for (int i = 0; i < worker.pools.size(); i++) {
                worker.listen(worker.pools.get(i), worker.acceptors.get(i));
            }
            return worker;
        } catch (IOException e) {
            worker.stop();
            throw e;
        }
    }

    /** Stops at once: clients and servers are disconnected, and the figures go to the log. */
    public void stop() {
        listeners.forEach(Listener::close);
        onEventLoop(() -> {
            acceptors.forEach(ClientAcceptor::close);
            pools.forEach(Pool::close);
            pools.forEach(Worker::logFigures);
        });
        connector.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        loop.close();
    }

    private void addPool(PoolConfig config, String version) throws IOException {
        Protocol protocol = WireProtocol.spokenBy(config).of(config, version);
        Pool pool = new Pool(config, protocol, loop, requests, connector);
        pools.add(pool);
        acceptors.add(new ClientAcceptor(pool, loop, requests));
        if (config.preconnect()) {
            onEventLoop(pool::preconnect);
        }
    }

    private void listen(Pool pool, ClientAcceptor acceptor) throws IOException {
        PoolConfig config = pool.config();
        Listener.Settings settings =
                new Listener.Settings(
                        config.listen(),
                        config.backlog(),
                        config.reuseport(),
                        config.tcpkeepalive());
        try {
            listeners.add(Listener.open(eventLoop, settings, acceptor::accept));
        } catch (IOException e) {
            throw new IOException("pool '" + config.name() + "' " + e.getMessage(), e);
        }
        log.info(
                "listening on '{}' in pool '{}' with {} servers",
                config.listen(),
                config.name(),
                config.servers().size());
    }

    private static void logFigures(Pool pool) {
        log.info("pool '{}' {}", pool.config().name(), pool.counters());
        for (Server server : pool.servers()) {
            log.info(
                    "server '{}' of pool '{}' {}", server, pool.config().name(), server.counters());
        }
    }

    /** Runs {@code task} where the pools live, and throws what it throws. */
    private void onEventLoop(Runnable task) {
        eventLoop.submit(task).syncUninterruptibly();
    }
}
