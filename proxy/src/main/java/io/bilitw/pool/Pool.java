package io.bilitw.pool;

import io.bilitw.config.OnFailure;
import io.bilitw.config.PoolConfig;
import io.bilitw.net.Loop;
import io.bilitw.net.OutQueue;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestKind;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.Split;
import io.bilitw.server.Connector;
import io.bilitw.server.Server;
import io.bilitw.server.ServerConnection;
import io.bilitw.server.ServerSettings;
import io.bilitw.stats.Counters;
import io.bilitw.stats.Histogram;
import io.bilitw.stats.PoolFigures;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.ServerMetric;
import io.bilitw.stats.SlowLog;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One pool of one worker: takes clients' requests and sees that each is answered once. Event-loop
 * confined.
 */
public final class Pool {

    private static final int[] NO_KEYS = {};

    private final PoolConfig config;
    private final boolean answersMiss;
    private final Protocol protocol;
    private final Loop loop;
    private final RequestPool requests;
    private final Router router;
    private final ServerWatch watch;
    private final List<Server> servers = new ArrayList<>();
    private final PoolFigures figures;
    private final Counters<PoolMetric> counters;
    private final Partition partition;
    private final SlowRequests slowRequests;

    /** Makes the pool that {@code config} describes; connects to no server yet. */
    public Pool(
            PoolConfig config,
            Protocol protocol,
            Loop loop,
            RequestPool requests,
            Connector connector,
            PoolFigures figures,
            SlowLog slowLog) {
        this.config = config;
        answersMiss = config.onFailure() == OnFailure.MISS;
        this.protocol = protocol;
        this.loop = loop;
        this.requests = requests;
        this.figures = figures;
        counters = figures.counters();
        slowRequests = new SlowRequests(config, slowLog, counters);
        router = new Router(config);
        watch = new ServerWatch(config, servers, router, counters, slowRequests);
        ServerSettings settings = ServerSettings.of(config);
        partition = new Partition(config.servers().size());
        for (int index = 0; index < config.servers().size(); index++) {
            servers.add(
                    new Server(
                            index,
                            config.servers().get(index),
                            settings,
                            protocol,
                            loop,
                            connector,
                            figures.servers().get(index),
                            watch));
        }
    }

    /** What the configuration says about it. */
    public PoolConfig config() {
        return config;
    }

    /** The language its clients and servers speak. */
    public Protocol protocol() {
        return protocol;
    }

    /** Its figures. */
    public Counters<PoolMetric> counters() {
        return counters;
    }

    /** How long its requests took. */
    public Histogram latencies() {
        return figures.latencies();
    }

    /** Its servers, sorted by name. */
    public List<Server> servers() {
        return servers;
    }

    /** Opens all connections to all servers. */
    public void preconnect() {
        servers.forEach(Server::preconnect);
    }

    /** Tells whether every request that was sent has been answered. */
    public boolean isIdle() {
        for (Server server : servers) {
            if (!server.isIdle()) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether no connection is still being opened. */
    public boolean isSettled() {
        for (Server server : servers) {
            if (!server.isSettled()) {
                return false;
            }
        }
        return true;
    }

    /** Reads no more from any server for now; nobody runs out of time meanwhile. */
    public void pause() {
        servers.forEach(Server::pause);
    }

    /** Reads on after a pause. */
    public void readOn() {
        servers.forEach(Server::readOn);
    }

    /** Reads on after a pause where a long response has begun, whose beginning takes memory. */
    public void readOnLong() {
        servers.forEach(Server::readOnLong);
    }

    /** Closes all connections to servers; what is outstanding fails. */
    public void close() {
        servers.forEach(Server::close);
    }

    /** The figures of the pool and of all its servers together, by name. */
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>(counters.values());
        for (Server server : servers) {
            server.counters()
                    .values()
                    .forEach((name, value) -> figures.merge(name, value, Long::sum));
        }
        figures.remove(ServerMetric.SERVER_EJECTED_AT.name().toLowerCase(Locale.ROOT)); // no sum
        return figures;
    }

    /**
     * Sends the request that {@code client} has just completed to the server of its keys, as it is.
     * If they lie on several, or no server is live, the request fails at once.
     */
    public void forward(Request request, Dialogue client) {
        RequestParser parsed = client.parser();
        watch.takeBackServers(loop.nowNanos());
        describe(request, client, parsed.keyCount(), 0);
        int index = serverOf(parsed, 0);
        if (index == Router.NOBODY) {
            request.fail(Failure.CONNECTION_REFUSED);
        } else if (parsed.keyCount() > 1 && !isOnOneServer(parsed, index)) {
            request.fail(Failure.KEYS_APART);
        } else if (!client.isShareable()) {
            send(request, client, index);
        } else if (!servers.get(index).refuses(request, client)) {
            servers.get(index).connectionFor(client).sendShareable(request, parsed);
        }
    }

    /**
     * Sends the request that {@code client} has just completed to one server, as it is: to that of
     * its key, or if that has failed last time, to the next one that has not. So no client thinks
     * that all is lost because the server it asks for its version is.
     */
    public void forwardToAny(Request request, Dialogue client) {
        watch.takeBackServers(loop.nowNanos());
        slowRequests.note(request, client, Request.NO_KEY);
        int index = serverOf(client.parser(), 0);
        if (index == Router.NOBODY) {
            request.fail(Failure.CONNECTION_REFUSED);
            return;
        }
        for (int i = 0; i < servers.size() && watch.isFailing(index); i++) {
            index = (index + 1) % servers.size();
        }
        send(request, client, index);
    }

    /**
     * Sends to each server a fragment with its keys of the request that {@code client} has just
     * completed.
     */
    public void split(Request request, Dialogue client) {
        RequestParser parsed = client.parser();
        watch.takeBackServers(loop.nowNanos());
        int keys = parsed.keyCount();
        partition.begin(keys, client.split().maxPartBytes());
        for (int key = 0; key < keys; key++) {
            int index = serverOf(parsed, key);
            if (index == Router.NOBODY) {
                describe(request, client, keys, 0);
                request.fail(Failure.CONNECTION_REFUSED);
                return;
            }
            partition.add(index, parsed.partTo(key) - parsed.partFrom(key));
        }
        partition.end();
        if (partition.count() == 1 && isWithinLimit(parsed, client.split())) {
            describe(request, client, keys, 0);
            sendInOnePiece(request, client, partition.serverOf(0));
        } else {
            sendFragments(request, client);
        }
    }

    /** Tells whether the parts may go on as they lie, with whatever stands between them. */
    private static boolean isWithinLimit(RequestParser parsed, Split split) {
        int bytes = parsed.partTo(parsed.keyCount() - 1) - parsed.partFrom(0);
        return bytes <= split.maxPartBytes();
    }

    /**
     * Sends the request that {@code client} has just completed to every server, also to those that
     * are ejected: what all of them are to do must not be left undone by one.
     */
    public void broadcast(Request request, Dialogue client) {
        int count = servers.size();
        if (count == 1) {
            slowRequests.note(request, client, Request.NO_KEY);
            send(request, client, 0);
            return;
        }
        counters.add(PoolMetric.FRAGMENTS, count);
        Join join = new Join(request, client.coalescer(), count, NO_KEYS, loop, requests);
        for (int index = 0; index < count; index++) {
            Request part = fragment(join, index, request);
            slowRequests.note(part, client, Request.NO_KEY);
            send(part, client, index);
        }
    }

    private void send(Request request, Dialogue client, int index) {
        Server server = servers.get(index);
        if (!server.refuses(request, client)) {
            RequestParser parsed = client.parser();
            server.connectionFor(client)
                    .send(request, parsed.source(), parsed.start(), parsed.length());
        }
    }

    /**
     * Writes the only fragment, whose response is that of the request; its parts lie side by side.
     */
    private void sendInOnePiece(Request request, Dialogue client, int index) {
        Server server = servers.get(index);
        if (server.refuses(request, client)) {
            return;
        }
        RequestParser parsed = client.parser();
        int keys = parsed.keyCount();
        int from = parsed.partFrom(0);
        int bytes = parsed.partTo(keys - 1) - from;
        ServerConnection connection = server.connectionFor(client);
        OutQueue out = connection.begin(request, bytes);
        int head = writeHead(out, client, keys);
        out.append(parsed.source(), from, bytes);
        connection.addBytes(request, head + writeTail(out, client));
    }

    private static int writeHead(OutQueue out, Dialogue client, int keys) {
        ByteBuf room = out.room(client.split().framingBytes(client.parser()));
        int from = room.writerIndex();
        client.split().writeHead(room, client.parser(), keys);
        return room.writerIndex() - from;
    }

    private static int writeTail(OutQueue out, Dialogue client) {
        ByteBuf room = out.room(client.split().framingBytes(client.parser()));
        int from = room.writerIndex();
        client.split().writeTail(room);
        return room.writerIndex() - from;
    }

    private void sendFragments(Request request, Dialogue client) {
        RequestParser parsed = client.parser();
        int count = partition.count();
        counters.add(PoolMetric.FRAGMENTS, count);
        Join join =
                new Join(request, client.split(), count, partition.fragmentOf(), loop, requests);
        if (client.split().keepsParts()) {
            int from = parsed.partFrom(0);
            join.keepParts(parsed.source(), from, parsed.partTo(parsed.keyCount() - 1) - from);
        }
        for (int fragment = 0; fragment < count; fragment++) {
            Request part = fragment(join, fragment, request);
            describe(part, client, partition.keyCount(fragment), partition.key(fragment, 0));
            sendFragment(part, client, fragment);
        }
    }

    private Request fragment(Join join, int number, Request whole) {
        Request part = requests.take(join, number);
        part.arrivedAt(whole.arrivedNanos());
        return part;
    }

    private void sendFragment(Request part, Dialogue client, int fragment) {
        Server server = servers.get(partition.serverOf(fragment));
        if (server.refuses(part, client)) {
            return;
        }
        RequestParser parsed = client.parser();
        int keys = partition.keyCount(fragment);
        ServerConnection connection = server.connectionFor(client);
        OutQueue out = connection.begin(part, 0);
        int bytes = writeHead(out, client, keys);
        ByteBuf source = parsed.source();
        int from = parsed.partFrom(partition.key(fragment, 0));
        int to = from;
        for (int i = 0; i < keys; i++) { // parts that lie side by side go together
            int key = partition.key(fragment, i);
            int next = parsed.partFrom(key);
            if (next != to) {
                out.append(source, from, to - from);
                bytes += to - from;
                from = next;
            }
            to = parsed.partTo(key);
        }
        out.append(source, from, to - from);
        connection.addBytes(part, bytes + to - from + writeTail(out, client));
    }

    /**
     * Notes what kind of request it is, and in a pool that wants it so, lets a read that fails for
     * its server come back empty; {@code key} is the number of the first of its {@code keys} keys.
     */
    private void describe(Request request, Dialogue client, int keys, int key) {
        slowRequests.note(request, client, key);
        if (client.kind() == RequestKind.GET) {
            request.looksUp(keys);
        }
        if (answersMiss) {
            request.missIs(client.miss(keys));
        }
    }

    private int serverOf(RequestParser parsed, int key) {
        return router.serverOf(parsed.keySource(), parsed.keyFrom(key), parsed.keyTo(key));
    }

    private boolean isOnOneServer(RequestParser parsed, int index) {
        if (!router.isStable()) {
            return true; // random: keys have no place, so one is as good as another
        }
        for (int key = 1; key < parsed.keyCount(); key++) {
            if (serverOf(parsed, key) != index) {
                return false;
            }
        }
        return true;
    }
}
