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
import io.bilitw.worker.WarmUpScript.Batch;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A load that the program gives itself: with it the build makes the AOT cache, which holds the
 * classes that it needed.
 *
 * <p>It drives a redis pool and a memcached pool of its own, each between clients and {@linkplain
 * WarmUpServer servers} of its own, over TCP sockets of the loopback, through the same code that
 * serves everybody. Its clients and servers are plain Java sockets and share no code with the
 * proxy, so whatever the JVM learns it learns from the proxy's own use of that code.
 */
public final class WarmUp implements AutoCloseable {

    private static final String LOCALHOST = "127.0.0.1";
    private static final int BACKLOG = 128;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int SERVERS = 2;

    /** How long any of them may have to wait for another, so that nothing ever hangs. */
    static final int TIMEOUT_MILLIS = 10_000;

    /** Clients of each pool: enough for the requests of several to leave in one write. */
    private static final int CLIENTS = 4;

    private final Loop loop;
    private final RequestPool requests = new RequestPool();
    private final ServerConnector connector;
    private final List<WarmUpServer> servers = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private final List<ClientAcceptor> acceptors = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();

    private WarmUp(Loop loop) {
        this.loop = loop;
        connector = new ServerConnector(loop.eventLoop());
    }

    /**
     * Sends about {@code requestCount} requests, on an event loop of its own, and begins nothing
     * more after {@code limit}. Leaves nothing behind, however it ends.
     *
     * @param version bilitw's own version, for texts
     * @return how many requests were answered
     * @throws IOException if a socket fails, or an answer is wrong or does not come
     */
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

    /** As the public one, on a given event loop; not to be called there. */
    static int run(Loop loop, String version, int requestCount, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        try (WarmUp warmUp = new WarmUp(loop)) {
            warmUp.open(WireProtocol.REDIS, version, WarmUpScript.redis());
            warmUp.open(WireProtocol.MEMCACHE, version, WarmUpScript.memcache());
            return warmUp.drive(requestCount, end);
        }
    }

    /** Closes all that was opened, and waits until it is closed. */
    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
        listeners.forEach(Listener::close);
        loop.eventLoop()
                .submit(() -> {
                    acceptors.forEach(ClientAcceptor::close);
                    pools.forEach(Pool::close);
                })
                .syncUninterruptibly();
        connector.close();
        for (WarmUpServer server : servers) {
            server.close();
        }
    }

    private void open(WireProtocol protocol, String version, List<Batch> script)
            throws IOException {
        PoolConfig config = configure(protocol == WireProtocol.REDIS);
        Pool pool = new Pool(config, protocol.of(config, version), loop, requests, connector);
        pools.add(pool);
        ClientAcceptor acceptor = new ClientAcceptor(pool, loop, requests);
        acceptors.add(acceptor);
        // Port 0, which the kernel replaces by a free one, is nothing that a file may ask for.
        Listener.Settings settings =
                new Listener.Settings(new TcpAddress(LOCALHOST, 0), BACKLOG, false, false);
        Listener listener = Listener.open(loop.eventLoop(), settings, acceptor::accept);
        listeners.add(listener);
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(new Socket(), script);
            clients.add(client);
            client.socket.setSoTimeout(TIMEOUT_MILLIS);
            client.socket.setTcpNoDelay(true);
            client.socket.connect(listener.address(), TIMEOUT_MILLIS);
        }
    }

    /** Starts the servers of a pool and makes the configuration that names them. */
    private PoolConfig configure(boolean redis) throws IOException {
        StringBuilder text = new StringBuilder("warm-up:\n  listen: 127.0.0.1:1\n");
        text.append("  redis: ").append(redis).append('\n');
        text.append("  timeout: ").append(TIMEOUT_MILLIS).append("\n  servers:\n");
        for (int i = 0; i < SERVERS; i++) {
            WarmUpServer server = WarmUpServer.start(redis);
            servers.add(server);
            text.append("   - 127.0.0.1:").append(server.port()).append(":1 ").append(i);
            text.append('\n');
        }
        try {
            return ConfigFile.parse("warm-up", text.toString()).config().pools().getFirst();
        } catch (ConfigException e) {
            throw new IOException("the warm-up's own configuration is wrong: " + e.problems(), e);
        }
    }

    /** Lets all clients send before it reads what comes back, so that the proxy has all to do. */
    private int drive(int requestCount, long end) throws IOException {
        int answered = 0;
        for (int turn = 0; answered < requestCount && System.nanoTime() - end < 0; turn++) {
            for (Client client : clients) {
                client.socket.getOutputStream().write(client.batch(turn).requests());
            }
            for (Client client : clients) {
                Batch batch = client.batch(turn);
                int bytes = batch.responses().length;
                byte[] responses = client.socket.getInputStream().readNBytes(bytes);
                if (!Arrays.equals(responses, batch.responses())) {
                    throw new IOException("the warm-up got a wrong answer in turn " + turn);
                }
                answered += batch.count();
            }
        }
        return answered;
    }

    /** Says the batches of its script in turn. */
    private record Client(Socket socket, List<Batch> script) {

        Batch batch(int turn) {
            return script.get(turn % script.size());
        }
    }
}
