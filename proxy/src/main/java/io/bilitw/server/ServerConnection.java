package io.bilitw.server;

import io.bilitw.net.Connection;
import io.bilitw.net.ConnectionHandler;
import io.bilitw.net.Loop;
import io.bilitw.net.OutQueue;
import io.bilitw.net.Transport;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Handshake;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.RequestQueue;
import io.bilitw.protocol.ResponseParser;
import io.bilitw.stats.ServerMetric;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a server: requests of many clients go out in the order they came, responses
 * come back in that same order. Event-loop confined.
 *
 * <p>Requests may be put on it from the moment it is made; they leave when it is connected and the
 * server has agreed to every step of the {@link Handshake}.
 */
public final class ServerConnection implements ConnectionHandler {

    private static final Logger log = LoggerFactory.getLogger("server");

    /** An error does not say whether the values that were asked for are there. */
    static final int NOT_SAID = -1;

    /** How long a connect may take when the pool sets no timeout. */
    private static final int CONNECT_MILLIS = 30_000;

    /** The memory of a queue that was longer than this is not kept for ever. */
    private static final int LONG_QUEUE = 4096;

    private final Server server;
    private final ServerSettings settings;
    private final Loop loop;
    private final Connection connection;
    private final ResponseParser parser;
    private final Handshake handshake;
    private final byte[] fence;
    private final SharedLine sharedLine = new SharedLine();
    private final @Nullable SharedResponse sharedResponse;
    private final RequestQueue outstanding = new RequestQueue(LONG_QUEUE);
    private long openedNanos;
    private int stepsDone;
    private boolean isConnected;

    /** Every step of the handshake is done, and requests leave. */
    private boolean isOpen;

    private boolean isClosed;
    private boolean isWatched;

    /**
     * A quiet request was answered nevertheless; what comes next belongs to the fence behind it.
     */
    private boolean isFenceDue;

    ServerConnection(
            Server server, ServerSettings settings, Protocol protocol, int dialect, Loop loop) {
        this.server = server;
        this.settings = settings;
        this.loop = loop;
        connection = new Connection(loop, this);
        parser = protocol.newResponseParser(dialect);
        handshake = protocol.handshake(dialect);
        fence = protocol.fence();
        sharedResponse = SharedResponse.of(protocol, server, loop);
    }

    /**
     * Sends {@code bytes} bytes of {@code source} from index {@code from}, the whole of {@code
     * request}, and a fence behind it if it may stay unanswered.
     */
    public void send(Request request, ByteBuf source, int from, int bytes) {
        OutQueue out = begin(request, bytes);
        out.append(source, from, bytes);
        if (request.isQuiet()) {
            out.room(fence.length).writeBytes(fence);
        }
    }

    /**
     * Sends {@code request}, which {@code parsed} has completed and which is {@linkplain
     * Dialogue#isShareable shareable}: in one line with the one before it, if that is, too, and has
     * not left yet.
     */
    public void sendShareable(Request request, RequestParser parsed) {
        int keyFrom = parsed.keyFrom(0);
        request.keepKey(parsed.keySource(), keyFrom, parsed.keyTo(0) - keyFrom);
        int end = parsed.start() + parsed.length();
        boolean isAdded = sharedLine.makeRoom(request, parsed, connection.out());
        int from = isAdded ? parsed.partFrom(0) : parsed.start();
        enqueue(request, end - from).append(parsed.source(), from, end - from);
    }

    /**
     * Makes {@code request} the youngest outstanding one; the caller then appends its bytes, {@code
     * bytes} of them, to the queue that this returns.
     */
    public OutQueue begin(Request request, int bytes) {
        sharedLine.close();
        return enqueue(request, bytes);
    }

    private OutQueue enqueue(Request request, int bytes) {
        request.queuedAt(loop.nowNanos(), bytes);
        outstanding.add(request);
        server.counters().add(ServerMetric.REQUESTS, 1, ServerMetric.REQUEST_BYTES, bytes);
        if (!isWatched && settings.timeoutNanos() > 0) {
            watch(settings.timeoutNanos());
        }
        return connection.out();
    }

    /** Counts {@code bytes} more of {@code request}, which {@link #begin} did not know of. */
    public void addBytes(Request request, int bytes) {
        request.addQueued(bytes);
        server.counters().add(ServerMetric.REQUEST_BYTES, bytes);
    }

    /** Tells whether requests leave, and do not wait for the connection to be made. */
    boolean isOpen() {
        return isOpen;
    }

    /** How many requests are outstanding. */
    int outstandingCount() {
        return outstanding.size();
    }

    /** How many bytes those requests have. */
    long outstandingBytes() {
        long bytes = 0;
        for (Request request : outstanding) {
            bytes += request.queuedBytes();
        }
        return bytes;
    }

    /** Tells whether the connection is gone and a new one is needed. */
    public boolean isClosed() {
        return isClosed || connection.isClosed();
    }

    /** Tells whether nothing is outstanding. */
    boolean isIdle() {
        return outstanding.isEmpty();
    }

    /** Tells whether it carries requests, or never will. */
    boolean isSettled() {
        return isClosed() || isOpen;
    }

    /** Closes in good order; what is outstanding fails. */
    void close() {
        if (!isClosed) {
            end(Failure.CLOSED);
        }
    }

    void open(Connector connector) {
        openedNanos = loop.nowNanos();
        long timeoutMillis = TimeUnit.NANOSECONDS.toMillis(settings.timeoutNanos());
        int connectMillis =
                timeoutMillis == 0
                        ? CONNECT_MILLIS
                        : (int) Math.min(timeoutMillis, Integer.MAX_VALUE);
        connector.connect(
                server.config().address(),
                this,
                new Transport.Settings(connectMillis, settings.isKeptAlive()));
    }

    Connection connection() {
        return connection;
    }

    void onConnected() {
        if (isClosed) {
            return;
        }
        isConnected = true;
        server.counters().add(ServerMetric.SERVER_CONNECTIONS, 1);
        server.counters().add(ServerMetric.SERVER_CONNECTS, 1);
        log.info("connected to server '{}' of pool '{}'", server, settings.poolName());
        nextStep();
    }

    void onUnresolved(String host) {
        log.warn(
                "host name '{}' of server '{}' of pool '{}' is not known",
                host,
                server,
                settings.poolName());
        fail(Failure.HOST_DOWN);
    }

    @Override
    public void onRead(ByteBuf in) {
        ParseStatus status = ParseStatus.COMPLETE;
        while (status == ParseStatus.COMPLETE && in.isReadable() && !isClosed) {
            status = deliverNext(in);
        }
        if (status == ParseStatus.INVALID) {
            log.warn("server '{}' of pool '{}' spoke out of protocol", server, settings.poolName());
            fail(Failure.INVALID_RESPONSE);
        }
    }

    @Override
    public int expectedBytes() {
        SharedResponse shared = nextShared();
        return shared == null ? parser.expectedBytes() : shared.expectedBytes();
    }

    @Override
    public void onInputEnd() {
        onClosed(null); // does not come: a server connection is not half-closed
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        fail(Faults.failureOf(cause));
    }

    private ParseStatus deliverNext(ByteBuf in) {
        SharedResponse shared = nextShared();
        if (shared != null) {
            return shared.deliver(in, outstanding);
        }
        ParseStatus status = parser.parse(in);
        if (status == ParseStatus.COMPLETE) {
            int from = in.readerIndex();
            in.skipBytes(parser.length());
            deliver(in, from, parser.length());
        }
        return status;
    }

    /** What takes the next response, if that is one to several requests. */
    private @Nullable SharedResponse nextShared() {
        Request next = outstanding.first();
        return next != null && next.isShared() && isOpen && !isFenceDue ? sharedResponse : null;
    }

    private void deliver(ByteBuf in, int from, int bytes) {
        if (stepsDone < handshake.steps().size()) {
            finishStep(in, from, bytes);
            return;
        }
        Request request = outstanding.first();
        if (isFenceDue && parser.isFence()) {
            isFenceDue = false;
        } else if (request == null || isFenceDue) {
            log.warn(
                    "server '{}' of pool '{}' sent a response nobody waits for",
                    server,
                    settings.poolName());
            fail(Failure.INVALID_RESPONSE);
        } else if (parser.isServerFailure()) {
            log.warn(
                    "server '{}' of pool '{}': {}",
                    server,
                    settings.poolName(),
                    ErrorLine.of(in, from, bytes));
            if (parser.refusesOnlyWrites()) {
                server.onReached();
            }
            fail(Failure.INVALID_RESPONSE);
        } else {
            outstanding.takeFirst();
            server.onResponse(request, bytes, parser.isError() ? NOT_SAID : parser.foundValues());
            if (request.isQuiet()) {
                deliverQuiet(request, in, from, bytes);
            } else {
                request.sink().onResponse(request, in, from, bytes);
            }
        }
    }

    private void deliverQuiet(Request request, ByteBuf in, int from, int bytes) {
        if (parser.isFence()) {
            request.sink().onSilence(request);
        } else {
            isFenceDue = true;
            request.sink().onResponse(request, in, from, bytes);
        }
    }

    /** Says the next thing of the handshake, or lets the requests out when all is said. */
    private void nextStep() {
        if (stepsDone < handshake.steps().size()) {
            connection.writeFirst(handshake.steps().get(stepsDone).request());
        } else {
            isOpen = true;
            connection.start();
        }
    }

    private void finishStep(ByteBuf in, int from, int bytes) {
        Handshake.Step step = handshake.steps().get(stepsDone);
        if (parser.isError()) {
            String answer = step.withoutSecret(ErrorLine.of(in, from, bytes));
            log.warn(
                    "{} failed on server '{}' of pool '{}': {}",
                    step.name(),
                    server,
                    settings.poolName(),
                    answer);
            fail(Failure.server(step.name() + " failed on server: " + answer), step.isNeeded());
            return;
        }
        stepsDone++;
        nextStep();
    }

    /**
     * Looks at the oldest outstanding request in {@code nanos} nanoseconds: it is the first to run
     * out of time.
     */
    private void watch(long nanos) {
        isWatched = true;
        loop.eventLoop().schedule(this::lookAtOldest, nanos, TimeUnit.NANOSECONDS);
    }

    private void lookAtOldest() {
        isWatched = false;
        loop.readClock();
        Request oldest = outstanding.first();
        if (isClosed || oldest == null) {
            return;
        }
        long sinceNanos = Math.max(oldest.queuedNanos(), connection.readOnNanos());
        long leftNanos = sinceNanos + settings.timeoutNanos() - loop.nowNanos();
        if (connection.isPaused()) {
            watch(settings.timeoutNanos()); // it may have answered long since
        } else if (leftNanos > 0) {
            watch(leftNanos);
        } else {
            fail(Failure.TIMED_OUT);
        }
    }

    /** Closes because something went wrong. An orderly close by an idle server is not its fault. */
    private void fail(Failure failure) {
        boolean isOfIdleOne = failure.equals(Failure.CLOSED) && outstanding.isEmpty();
        fail(failure, !isOfIdleOne && !Faults.isOurs(failure));
    }

    private void fail(Failure failure, boolean isServersFault) {
        if (isClosed) {
            return;
        }
        log.info(
                "connection to server '{}' of pool '{}' is closed with {} outstanding: {}",
                server,
                settings.poolName(),
                outstanding.size(),
                failure.text());
        end(failure);
        server.onConnectionLost(failure, openedNanos, isServersFault);
    }

    private void end(Failure failure) {
        isClosed = true;
        if (isConnected) {
            server.counters().add(ServerMetric.SERVER_CONNECTIONS, -1);
        }
        connection.close();
        for (Request request = outstanding.takeFirst();
                request != null;
                request = outstanding.takeFirst()) {
            server.onFailure(request, failure);
            request.fail(failure);
        }
    }
}
