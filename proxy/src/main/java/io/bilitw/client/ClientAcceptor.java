package io.bilitw.client;

import io.bilitw.net.Connection;
import io.bilitw.net.ConnectionHandler;
import io.bilitw.net.Loop;
import io.bilitw.pool.Pool;
import io.bilitw.protocol.RequestPool;
import io.bilitw.stats.PoolMetric;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the clients of one pool, up to the number that its configuration allows. Event-loop
 * confined.
 */
public final class ClientAcceptor {

    private static final Logger log = LoggerFactory.getLogger("client");

    /**
     * Numbers all clients of the process; {@code CLIENT ID} shows them. A client keeps its number
     * when it moves, so processes count in different ranges.
     */
    private static final AtomicLong LAST_ID = new AtomicLong();

    private static final int MAX_ERROR_BYTES = 256;

    private final Pool pool;
    private final Loop loop;
    private final RequestPool requests;
    private final Set<ClientSession> sessions = new HashSet<>();

    /** Takes in clients for {@code pool}. */
    public ClientAcceptor(Pool pool, Loop loop, RequestPool requests) {
        this.pool = pool;
        this.loop = loop;
        this.requests = requests;
    }

    /** Begins to serve the client behind {@code socket}, or tells it that it is one too many. */
    public void accept(Channel socket) {
        int limit = pool.config().clientConnections();
        if (limit > 0 && sessions.size() >= limit) {
            refuse(socket);
            return;
        }
        ClientAddress address =
                new ClientAddress(LAST_ID.incrementAndGet(), socket, System.nanoTime(), pool);
        begin(address, socket).connection().start();
        pool.counters().add(PoolMetric.CLIENT_ACCEPTS, 1);
        if (log.isDebugEnabled()) {
            log.debug(
                    "accepted client {} of pool '{}'",
                    address.remoteAddress(),
                    pool.config().name());
        }
    }

    /** Lets the numbers of this process's clients begin behind {@code number}. */
    public static void numberFrom(long number) {
        LAST_ID.set(number);
    }

    /**
     * Goes on with a client that another process had, before its {@code socket} is put on the event
     * loop; the caller must {@linkplain Connection#start start} it after that.
     */
    public ClientSession adopt(Channel socket, ClientState state) {
        ClientAddress address = new ClientAddress(state.id(), socket, state.acceptedNanos(), pool);
        ClientSession session = begin(address, socket);
        session.restore(state);
        return session;
    }

    private ClientSession begin(ClientAddress address, Channel socket) {
        ClientSession session = new ClientSession(address, pool, loop, requests, this);
        session.connection().attach(socket);
        sessions.add(session);
        pool.counters().add(PoolMetric.CLIENT_CONNECTIONS, 1);
        return session;
    }

    /** The clients there are now. */
    public List<ClientSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Tells whether no client is left. */
    public boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** The pool they are clients of. */
    public Pool pool() {
        return pool;
    }

    /** Closes all clients. */
    public void close() {
        for (ClientSession session : Set.copyOf(sessions)) {
            session.close();
        }
    }

    /** Takes note that {@code session} goes on in another process. */
    void onMoved(ClientSession session) {
        sessions.remove(session);
        pool.counters().add(PoolMetric.CLIENT_CONNECTIONS, -1);
    }

    /** Takes note that {@code session} is over. */
    void onClosed(ClientSession session, PoolMetric metric) {
        sessions.remove(session);
        pool.counters().add(PoolMetric.CLIENT_CONNECTIONS, -1);
        pool.counters().add(metric, 1);
    }

    private void refuse(Channel socket) {
        pool.counters().add(PoolMetric.CLIENT_REFUSED, 1);
        log.warn(
                "refused a client of pool '{}': client_connections allows {}",
                pool.config().name(),
                pool.config().clientConnections());
        Connection connection = new Connection(loop, new Refused());
        connection.attach(socket);
        connection.start();
        pool.protocol().writeTooManyClients(connection.out().room(MAX_ERROR_BYTES));
        connection.finish();
    }

    /** A client that is told why it must go, and not listened to. */
    private static final class Refused implements ConnectionHandler {

        @Override
        public void onRead(ByteBuf in) {
            in.skipBytes(in.readableBytes());
        }

        @Override
        public int expectedBytes() {
            return 0;
        }

        @Override
        public void onInputEnd() {}

        @Override
        public void onClosed(@Nullable Throwable cause) {}
    }
}
