package io.bilitw.server;

import io.bilitw.config.ServerConfig;
import io.bilitw.net.Loop;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.Request;
import io.bilitw.stats.Counters;
import io.bilitw.stats.Histogram;
import io.bilitw.stats.ServerFigures;
import io.bilitw.stats.ServerMetric;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One server of a pool, with its few connections in each dialect, which all clients of the worker
 * share. Event-loop confined.
 *
 * <p>A connection is opened by the first request that needs it and stays. When it fails, all that
 * is outstanding on it fails with it, nothing is sent twice, and the next request opens a new one
 * (twemproxy nc_server.c:server_close); unless that has failed so often that the server is left
 * alone for a while, in which requests that need a new connection fail at once ({@link BackOff}).
 */
public final class Server {

    private final int index;
    private final ServerConfig config;
    private final ServerSettings settings;
    private final Protocol protocol;
    private final Loop loop;
    private final Connector connector;
    private final ServerListener listener;
    private final @Nullable ServerConnection[] connections;
    private final BackOff backOff;
    private final Counters<ServerMetric> counters;
    private final Histogram latencies;
    private @Nullable Probe probe;
    private int failuresInRow;

    /** Makes server number {@code index} of a pool; opens nothing yet. */
    public Server(
            int index,
            ServerConfig config,
            ServerSettings settings,
            Protocol protocol,
            Loop loop,
            Connector connector,
            ServerFigures figures,
            ServerListener listener) {
        this.index = index;
        this.config = config;
        this.settings = settings;
        this.protocol = protocol;
        this.loop = loop;
        this.connector = connector;
        counters = figures.counters();
        latencies = figures.latencies();
        this.listener = listener;
        connections = new ServerConnection[protocol.dialects() * settings.connections()];
        backOff = new BackOff(settings.freeFailures(), Server::anyUpTo);
    }

    private static long anyUpTo(long nanos) {
        return ThreadLocalRandom.current().nextLong(nanos + 1);
    }

    /** Its place among the servers of the pool, which are sorted by name. */
    public int index() {
        return index;
    }

    /** What the configuration says about it. */
    public ServerConfig config() {
        return config;
    }

    /** Its figures. */
    public Counters<ServerMetric> counters() {
        return counters;
    }

    /** Connections that failed since the last response. */
    public int failuresInRow() {
        return failuresInRow;
    }

    /** Begins to count failures anew, as after an ejection. */
    public void forgetFailures() {
        failuresInRow = 0;
        backOff.reset();
    }

    /** Asks it from now on whether it can serve, until it says so, and then tells the listener. */
    public void probe() {
        Probe asking = probe;
        if (asking == null) {
            asking = new Probe(this, settings, protocol, loop, connector, listener);
            probe = asking;
        }
        asking.start();
    }

    /** Makes one at the same address that clients do not know, with figures that nobody sees. */
    Server withoutClients(ServerSettings itsSettings, ServerListener itsListener) {
        return new Server(
                index,
                config,
                itsSettings,
                protocol,
                loop,
                connector,
                new ServerFigures(),
                itsListener);
    }

    /**
     * Fails {@code request} of {@code client} at once, in the words of the last failure, if it
     * would need a new connection and the server is to be left alone; tells whether it has.
     */
    public boolean refuses(Request request, Dialogue client) {
        if (!backOff.isOn(loop.nowNanos()) || !needsConnecting(connections[slotOf(client)])) {
            return false;
        }
        counters.add(ServerMetric.FAILED_FAST, 1);
        request.fail(backOff.failure());
        return true;
    }

    private static boolean needsConnecting(@Nullable ServerConnection connection) {
        return connection == null || connection.isClosed();
    }

    /**
     * The connection that carries the requests of {@code client}, opened if need be. It is the same
     * one for all of them, so that a client reads what it has written.
     */
    public ServerConnection connectionFor(Dialogue client) {
        return connection(slotOf(client));
    }

    /** A new connection of the first dialect, in the place of the first one. */
    ServerConnection newConnection() {
        return connection(0);
    }

    private int slotOf(Dialogue client) {
        int count = settings.connections();
        int place = count == 1 ? 0 : (int) (client.client().id() % count);
        return client.dialect() * count + place;
    }

    private ServerConnection connection(int slot) {
        ServerConnection connection = connections[slot];
        if (connection == null || connection.isClosed()) {
            int dialect = slot / settings.connections();
            connection = new ServerConnection(this, settings, protocol, dialect, loop);
            connections[slot] = connection;
            connection.open(connector);
        }
        return connection;
    }

    /** Opens the connections of the first dialect now instead of at the first request. */
    public void preconnect() {
        for (int slot = 0; slot < settings.connections(); slot++) {
            connection(slot);
        }
    }

    /** Tells whether nothing is outstanding. */
    public boolean isIdle() {
        for (ServerConnection connection : connections) {
            if (connection != null && !connection.isIdle()) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether no connection is still being opened. */
    public boolean isSettled() {
        for (ServerConnection connection : connections) {
            if (connection != null && !connection.isSettled()) {
                return false;
            }
        }
        return true;
    }

    /** Reads no more responses for now; nobody runs out of time meanwhile. */
    public void pause() {
        for (ServerConnection connection : connections) {
            if (connection != null) {
                connection.connection().pause();
            }
        }
    }

    /** Reads on after a pause. */
    public void readOn() {
        for (ServerConnection connection : connections) {
            if (connection != null) {
                connection.connection().readOn();
            }
        }
    }

    /** Reads on after a pause where a long response has begun, whose beginning takes memory. */
    public void readOnLong() {
        for (ServerConnection connection : connections) {
            if (connection != null && connection.connection().isReadingLong()) {
                connection.connection().readOn();
            }
        }
    }

    /**
     * Closes the connections on which nothing is outstanding: of a server that was away they may be
     * dead, which only a request would find out.
     */
    public void closeIdle() {
        for (ServerConnection connection : connections) {
            if (connection != null && connection.isIdle()) {
                connection.close();
            }
        }
    }

    /** Closes all connections, and probes no more. */
    public void close() {
        if (probe != null) {
            probe.stop();
        }
        for (ServerConnection connection : connections) {
            if (connection != null) {
                connection.close();
            }
        }
    }

    /**
     * Takes note that the server has answered {@code request}, whatever it said, with {@code bytes}
     * bytes, and with {@code found} of the values that were asked for, or {@link
     * ServerConnection#NOT_SAID}.
     */
    void onResponse(Request request, int bytes, int found) {
        if (failuresInRow > 0) {
            forgetFailures();
        }
        counters.add(ServerMetric.RESPONSES, 1, ServerMetric.RESPONSE_BYTES, bytes);
        latencies.record(loop.nowNanos() - request.queuedNanos());
        lookWhetherSlow(request, "");
        if (request.lookups() > 0 && found != ServerConnection.NOT_SAID) {
            int missing = request.lookups() - found;
            if (found > 0) {
                counters.add(ServerMetric.GET_HITS, found);
            }
            if (missing > 0) {
                counters.add(ServerMetric.GET_MISSES, missing);
            }
        }
    }

    /** Takes note that {@code request} will have no response. */
    void onFailure(Request request, Failure failure) {
        lookWhetherSlow(request, failure.text());
    }

    private void lookWhetherSlow(Request request, String failure) {
        long nanos = loop.nowNanos() - request.arrivedNanos();
        if (nanos > settings.slowNanos()) {
            listener.onSlowRequest(this, request, nanos, failure);
        }
    }

    /**
     * Counts what is in the queues now. Done every now and then, as it is asked for much less often
     * than it changes.
     */
    public void countQueues() {
        long waiting = 0;
        long waitingBytes = 0;
        long sent = 0;
        long sentBytes = 0;
        for (ServerConnection connection : connections) {
            if (connection == null) {
                continue;
            }
            if (connection.isOpen()) {
                sent += connection.outstandingCount();
                sentBytes += connection.outstandingBytes();
            } else {
                waiting += connection.outstandingCount();
                waitingBytes += connection.outstandingBytes();
            }
        }
        counters.set(ServerMetric.IN_QUEUE, waiting);
        counters.set(ServerMetric.IN_QUEUE_BYTES, waitingBytes);
        counters.set(ServerMetric.OUT_QUEUE, sent);
        counters.set(ServerMetric.OUT_QUEUE_BYTES, sentBytes);
    }

    /** Takes note that the server can be reached, though it refuses what it was asked. */
    void onReached() {
        backOff.reset();
    }

    /**
     * Takes note that a connection begun at {@code openedNanos} has failed; {@code isServersFault}
     * tells whether that counts towards ejection.
     */
    void onConnectionLost(Failure failure, long openedNanos, boolean isServersFault) {
        counters.add(Faults.metricOf(failure), 1);
        if (isServersFault) {
            loop.readClock(); // a failed connect brings no bytes
            failuresInRow++;
            backOff.onFailure(failure, openedNanos, loop.nowNanos());
            listener.onServerFailure(this);
        }
    }

    @Override
    public String toString() {
        return config.pname();
    }
}
