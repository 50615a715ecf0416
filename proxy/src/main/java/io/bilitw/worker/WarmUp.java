package io.bilitw.worker;

import io.bilitw.client.ClientAcceptor;
import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.config.PoolConfig;
import io.bilitw.config.TcpAddress;
import io.bilitw.net.Listener;
import io.bilitw.net.Loop;
import io.bilitw.net.Transport;
import io.bilitw.pool.Pool;
import io.bilitw.protocol.RequestPool;
import io.bilitw.server.ServerConnector;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Load that the program gives itself, so that its code is loaded, profiled and compiled before the
 * first real request, or before an AOT cache is made of what the JVM has learnt.
 *
 * <p>It drives a redis pool and a memcached pool of its own, each with two {@linkplain WarmUpServer
 * servers} of its own, over TCP sockets of the loopback, through the same code that serves
 * everybody. Its clients and servers are plain Java sockets on threads of their own and share no
 * code with the proxy: what the JVM remembers, for example which handlers a connection has, must be
 * what it will meet later.
 *
 * <p>Not for the event loop: {@link #run} waits for its own requests.
 */
public final class WarmUp implements AutoCloseable {

    private static final String LOCALHOST = "127.0.0.1";
    private static final int BACKLOG = 128;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int SERVERS = 2;

    /** Clients of each pool: enough for the requests of several to leave in one write. */
    private static final int CLIENTS = 4;

    private final Loop loop;
    private final int limitMillis;
    private final RequestPool requests = new RequestPool();
    private final ServerConnector connector;
    private final List<WarmUpServer> servers = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private final List<ClientAcceptor> acceptors = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<WarmUpClient> clients = new ArrayList<>();

    private WarmUp(Loop loop, Duration limit) {
        this.loop = loop;
        limitMillis = Math.max(1, Math.toIntExact(limit.toMillis())); // 0 would be no limit
        connector = new ServerConnector(loop.eventLoop());
    }

    /**
     * Sends about {@code requestCount} requests through {@code loop} and takes no longer than
     * {@code limit} for it. Leaves nothing behind, however it ends.
     *
     * @param version bilitw's own version, for texts
     * @return how many requests were answered
     * @throws IOException if a socket fails or an answer is not the right one
     */
    public static int run(Loop loop, String version, int requestCount, Duration limit)
            throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        try (WarmUp warmUp = new WarmUp(loop, limit)) {
            warmUp.open(WireProtocol.REDIS, version);
            warmUp.open(WireProtocol.MEMCACHE, version);
            return warmUp.drive(requestCount, end);
        }
    }

    /** As {@link #run(Loop, String, int, Duration)}, on an event loop of its own. */
    public static int run(String version, int requestCount, Duration limit) throws IOException {
        EventLoopGroup group = Transport.newEventLoop("warm-up");
        Loop loop = new Loop(group.next(), BUFFER_BYTES);
        try {
            return run(loop, version, requestCount, limit);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            loop.close();
        }
    }

    /** Closes all that was opened, and waits until it is closed. */
    @Override
    public void close() {
        clients.forEach(WarmUpClient::close);
        listeners.forEach(Listener::close);
        onEventLoop(() -> {
            acceptors.forEach(ClientAcceptor::close);
            pools.forEach(Pool::close);
        });
        connector.close();
        servers.forEach(WarmUpServer::close);
    }

    private void open(WireProtocol protocol, String version) throws IOException {
        boolean redis = protocol == WireProtocol.REDIS;
        StringBuilder text = new StringBuilder("warm-up:\n  listen: 127.0.0.1:1\n");
        text.append("  redis: ").append(redis).append('\n');
        text.append("  timeout: ").append(limitMillis).append("\n  servers:\n");
        for (int i = 0; i < SERVERS; i++) {
            WarmUpServer server = WarmUpServer.start(redis, limitMillis);
            servers.add(server);
            text.append("   - 127.0.0.1:").append(server.port()).append(":1 ").append(i);
            text.append('\n');
        }
        PoolConfig config = parse(text.toString());
        Pool pool = new Pool(config, protocol.of(config, version), loop, requests, connector);
        pools.add(pool);
        ClientAcceptor acceptor = new ClientAcceptor(pool, loop, requests);
        acceptors.add(acceptor);
        // Port 0, which the kernel replaces by a free one, is nothing that a file may ask for.
        Listener.Settings settings =
                new Listener.Settings(new TcpAddress(LOCALHOST, 0), BACKLOG, false, false);
        Listener listener = Listener.open(loop.eventLoop(), settings, acceptor::accept);
        listeners.add(listener);
        List<WarmUpClient.Batch> batches = redis ? WarmUpScript.redis() : WarmUpScript.memcache();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(WarmUpClient.connect(listener.address(), batches, limitMillis));
        }
    }

    private static PoolConfig parse(String text) throws IOException {
        try {
            return ConfigFile.parse("warm-up", text).config().pools().getFirst();
        } catch (ConfigException e) {
            throw new IOException("the warm-up's own configuration is wrong: " + e.problems(), e);
        }
    }

    /** Lets all clients send before it reads what comes back, so that the proxy has all to do. */
    private int drive(int requestCount, long end) throws IOException {
        int answered = 0;
        for (int turn = 0; answered < requestCount && System.nanoTime() - end < 0; turn++) {
            for (WarmUpClient client : clients) {
                client.send(turn);
            }
            for (WarmUpClient client : clients) {
                answered += client.receive(turn);
            }
        }
        return answered;
    }

    private void onEventLoop(Runnable task) {
        loop.eventLoop().submit(task).syncUninterruptibly();
    }
}
