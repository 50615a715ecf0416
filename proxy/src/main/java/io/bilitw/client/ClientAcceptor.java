package io.bilitw.client;

import io.bilitw.net.Connection;
import io.bilitw.net.ConnectionHandler;
import io.bilitw.net.Loop;
import io.bilitw.pool.Pool;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.RequestPool;
import io.bilitw.stats.ClientCensus;
import io.bilitw.stats.PoolMetric;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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

    /** A line for each request; the loop tells whether anybody wants them. */
    private static final Logger requestLog = LoggerFactory.getLogger(Loop.REQUEST_LOG);

    /**
     * Numbers all clients of the process; {@code CLIENT ID} shows them. A client keeps its number
     * when it moves, so processes count in different ranges.
     */
    private static final AtomicLong LAST_ID = new AtomicLong();

    private static final int MAX_ERROR_BYTES = 256;

    /** How often idle clients are looked for within the time that they have. */
    private static final int IDLE_LOOKS = 10;

    private static final long MAX_IDLE_LOOK_MILLIS = 1000;

    /** A look is late that comes after so many times the time between two. */
    private static final int LATE = 3;

    private final Pool pool;
    private final Loop loop;
    private final RequestPool requests;
    private final ClientCensus.Seat seat;
    private final long maxRequestBytes;
    private final Set<ClientSession> sessions = new HashSet<>();
    private final long idleNanos;
    private final long lookMillis;
    private long lookNanos = System.nanoTime();
    private @Nullable ScheduledFuture<?> idleLooks;

    /**
     * Takes in clients for {@code pool}, whose number is told to {@code seat}, and requests of up
     * to {@code maxRequestBytes} bytes.
     */
    public ClientAcceptor(
            Pool pool,
            Loop loop,
            RequestPool requests,
            ClientCensus.Seat seat,
            long maxRequestBytes) {
        this.seat = seat;
        this.maxRequestBytes = maxRequestBytes;
        this.pool = pool;
        this.loop = loop;
        this.requests = requests;
        idleNanos = pool.config().clientIdleTimeout().toNanos();
        lookMillis =
                Math.clamp(
                        TimeUnit.NANOSECONDS.toMillis(idleNanos) / IDLE_LOOKS,
                        1,
                        MAX_IDLE_LOOK_MILLIS);
        if (idleNanos > 0) {
            idleLooks =
                    loop.eventLoop()
                            .scheduleWithFixedDelay(
                                    this::closeIdle, lookMillis, lookMillis, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Closes who has asked nothing for long. Not after the process stood still, when what clients
     * have sent meanwhile may not be read yet.
     */
    private void closeIdle() {
        long now = System.nanoTime();
        boolean isLate = now - lookNanos > LATE * TimeUnit.MILLISECONDS.toNanos(lookMillis);
        lookNanos = now;
        if (isLate) {
            return;
        }
        for (ClientSession session : sessions()) {
            if (session.closeIfIdle(now, idleNanos)) {
                pool.counters().add(PoolMetric.CLIENT_IDLE, 1);
                log.debug(
                        "client {} of pool '{}' has asked nothing for client_idle_timeout",
                        session.address(),
                        pool.config().name());
            }
        }
    }

    /**
     * Closes nobody any more for being idle: clients are about to move to another process, or to
     * leave. On the event loop.
     */
    public void stopLookingForIdle() {
        ScheduledFuture<?> looks = idleLooks;
        if (looks != null) {
            looks.cancel(false);
        }
    }

    /** Begins to serve the client behind {@code socket}, or tells it that it is one too many. */
    public void accept(Channel socket) {
        int limit = pool.config().clientConnections();
        if (limit > 0 && seat.total() >= limit) {
            refuse(socket, "client_connections allows " + limit);
            return;
        }
        if (!loop.memory().hasRoomForClient()) {
            refuse(socket, "max_memory has no room for more than there are");
            return;
        }
        ClientAddress address =
                new ClientAddress(LAST_ID.incrementAndGet(), socket, System.nanoTime(), pool);
        begin(address, socket).connection().start();
        pool.counters().add(PoolMetric.CLIENT_ACCEPTS, 1);
        log.debug("accepted client {} of pool '{}'", address, pool.config().name());
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
        log.debug("adopted client {} of pool '{}'", address, pool.config().name());
        return session;
    }

    private ClientSession begin(ClientAddress address, Channel socket) {
        ClientSession session = new ClientSession(address, pool, loop, requests, this);
        session.connection().attach(socket);
        sessions.add(session);
        onCount(1);
        return session;
    }

    private void onCount(int more) {
        seat.set(sessions.size());
        loop.memory().addClients(more);
        pool.counters().add(PoolMetric.CLIENT_CONNECTIONS, more);
    }

    /** The longest request that a client may send, in bytes. */
    long maxRequestBytes() {
        return maxRequestBytes;
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
        stopLookingForIdle();
        for (ClientSession session : Set.copyOf(sessions)) {
            session.close();
        }
    }

    /** Takes note that {@code session} goes on in another process. */
    void onMoved(ClientSession session) {
        sessions.remove(session);
        onCount(-1);
        log.debug("moved client {} of pool '{}'", session.address(), pool.config().name());
    }

    /**
     * Takes note that {@code session} is over, with {@code unanswered} requests; in good order if
     * there is no {@code cause}.
     */
    void onClosed(ClientSession session, int unanswered, @Nullable Throwable cause) {
        sessions.remove(session);
        onCount(-1);
        pool.counters().add(cause == null ? PoolMetric.CLIENT_EOF : PoolMetric.CLIENT_ERR, 1);
        log.debug(
                "closed client {} of pool '{}' with {} unanswered: {}",
                session.address(),
                pool.config().name(),
                unanswered,
                cause == null ? "no error" : cause.getMessage());
    }

    /** Takes note that {@code client} sends what is no request. */
    void onInvalid(ClientAddress client) {
        log.debug("client {} of pool '{}' spoke out of protocol", client, pool.config().name());
    }

    /** Logs an answer, of which nobody wants to hear but at the highest level. */
    void traceAnswer(ClientAddress client, long nanos, int bytes) {
        requestLog.trace(
                "request done for client {} of pool '{}' in {} us with {} bytes",
                client,
                pool.config().name(),
                TimeUnit.NANOSECONDS.toMicros(nanos),
                bytes);
    }

    /** Logs that a request has failed, as {@link #traceAnswer} logs its error. */
    void traceFailure(ClientAddress client, Failure failure) {
        requestLog.trace(
                "request failed for client {} of pool '{}': {}",
                client,
                pool.config().name(),
                failure.text());
    }

    private void refuse(Channel socket, String reason) {
        pool.counters().add(PoolMetric.CLIENT_REFUSED, 1);
        log.warn("refused a client of pool '{}': {}", pool.config().name(), reason);
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
