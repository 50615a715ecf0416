package io.bilitw.pool;

import io.bilitw.config.PoolConfig;
import io.bilitw.net.Loop;
import io.bilitw.net.OutQueue;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.Split;
import io.bilitw.server.Connector;
import io.bilitw.server.Server;
import io.bilitw.server.ServerSettings;
import io.bilitw.stats.Counters;
import io.bilitw.stats.PoolMetric;
import io.bilitw.stats.ServerMetric;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pool of one worker: takes clients' requests and sees that each is answered once. Event-loop
 * confined.
 */
public final class Pool {

    private static final Logger log = LoggerFactory.getLogger("pool");

    private final PoolConfig config;
    private final Protocol protocol;
    private final Loop loop;
    private final RequestPool requests;
    private final Router router;
    private final EjectPolicy ejectPolicy;
    private final List<Server> servers = new ArrayList<>();
    private final Counters<PoolMetric> counters = new Counters<>(PoolMetric.class);

    /** Makes the pool that {@code config} describes; connects to no server yet. */
    public Pool(
            PoolConfig config,
            Protocol protocol,
            Loop loop,
            RequestPool requests,
            Connector connector) {
        this.config = config;
        this.protocol = protocol;
        this.loop = loop;
        this.requests = requests;
        router = new Router(config);
        ejectPolicy = new EjectPolicy(config);
        ServerSettings settings = ServerSettings.of(config);
        for (int index = 0; index < config.servers().size(); index++) {
            servers.add(
                    new Server(
                            index,
                            config.servers().get(index),
                            settings,
                            protocol,
                            loop,
                            connector,
                            this::onServerFailure));
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

    /** Its servers, sorted by name. */
    public List<Server> servers() {
        return servers;
    }

    /** Opens all connections to all servers. */
    public void preconnect() {
        servers.forEach(Server::preconnect);
    }

    /** Closes all connections to servers; what is outstanding fails. */
    public void close() {
        servers.forEach(Server::close);
    }

    /**
     * Sends the request that {@code client} has just completed to the server of its keys, as it is.
     * If they lie on several, or no server is live, the request fails at once.
     */
    public void forward(Request request, Dialogue client) {
        RequestParser parsed = client.parser();
        takeBackServers();
        int index = serverOf(parsed, 0);
        if (index == Router.NOBODY) {
            fail(request, Failure.CONNECTION_REFUSED);
        } else if (parsed.keyCount() > 1 && !isOnOneServer(parsed, index)) {
            fail(request, Failure.KEYS_APART);
        } else {
            send(request, client, index);
        }
    }

    /**
     * Sends to each server a fragment with its keys of the request that {@code client} has just
     * completed.
     */
    public void split(Request request, Dialogue client) {
        RequestParser parsed = client.parser();
        takeBackServers();
        int[] serverOf = new int[parsed.keyCount()];
        int[] keysOn = new int[servers.size()];
        for (int key = 0; key < serverOf.length; key++) {
            int index = serverOf(parsed, key);
            if (index == Router.NOBODY) {
                fail(request, Failure.CONNECTION_REFUSED);
                return;
            }
            serverOf[key] = index;
            keysOn[index]++;
        }
        if (keysOn[serverOf[0]] == serverOf.length) {
            sendInOnePiece(request, client, serverOf[0]);
        } else {
            sendFragments(request, client, serverOf, keysOn);
        }
    }

    private void send(Request request, Dialogue client, int index) {
        RequestParser parsed = client.parser();
        servers.get(index)
                .connectionFor(client)
                .send(request, parsed.source(), parsed.start(), parsed.length());
    }

    /**
     * Writes the only fragment, whose response is that of the request; its parts lie side by side.
     */
    private void sendInOnePiece(Request request, Dialogue client, int index) {
        RequestParser parsed = client.parser();
        Split split = client.split();
        int keys = parsed.keyCount();
        int from = parsed.partFrom(0);
        int bytes = parsed.partTo(keys - 1) - from;
        OutQueue out = servers.get(index).connectionFor(client).begin(request, bytes);
        split.writeHead(out.room(split.framingBytes()), keys);
        out.append(parsed.source(), from, bytes);
        split.writeTail(out.room(split.framingBytes()));
    }

    /**
     * Writes the fragments in ascending order of their servers; {@code serverOf} becomes the
     * fragment of each key.
     */
    private void sendFragments(Request request, Dialogue client, int[] serverOf, int[] keysOn) {
        RequestParser parsed = client.parser();
        Split split = client.split();
        int[] fragmentAt = new int[keysOn.length];
        int fragments = 0;
        for (int index = 0; index < keysOn.length; index++) {
            fragmentAt[index] = fragments;
            fragments += keysOn[index] > 0 ? 1 : 0;
        }
        long[] partBytes = new long[fragments];
        for (int key = 0; key < serverOf.length; key++) {
            serverOf[key] = fragmentAt[serverOf[key]];
            partBytes[serverOf[key]] += parsed.partTo(key) - parsed.partFrom(key);
        }
        counters.add(PoolMetric.FRAGMENTS, fragments);
        Join join = new Join(request, split, fragments, serverOf, loop, requests);
        OutQueue[] outs = new OutQueue[fragments];
        for (int index = 0; index < keysOn.length; index++) {
            if (keysOn[index] > 0) {
                int fragment = fragmentAt[index];
                outs[fragment] = beginFragment(join, fragment, index, client, partBytes[fragment]);
                split.writeHead(outs[fragment].room(split.framingBytes()), keysOn[index]);
            }
        }
        ByteBuf source = parsed.source();
        for (int key = 0; key < serverOf.length; key++) {
            int from = parsed.partFrom(key);
            outs[serverOf[key]].append(source, from, parsed.partTo(key) - from);
        }
        for (OutQueue out : outs) {
            split.writeTail(out.room(split.framingBytes()));
        }
    }

    private OutQueue beginFragment(
            Join join, int fragment, int index, Dialogue client, long partBytes) {
        Request request = requests.take(join, fragment);
        return servers.get(index).connectionFor(client).begin(request, (int) partBytes);
    }

    private int serverOf(RequestParser parsed, int key) {
        return router.serverOf(parsed.source(), parsed.keyFrom(key), parsed.keyTo(key));
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

    private static void fail(Request request, Failure failure) {
        request.sink().onFailure(request, failure);
    }

    private void takeBackServers() {
        if (ejectPolicy.isReturnDue(loop.nowNanos())) {
            int count = ejectPolicy.takeBack(loop.nowNanos());
            log.warn("update pool '{}' to add {} servers", config.name(), count);
            router.spreadOver(ejectPolicy.ejected());
        }
    }

    private void onServerFailure(Server server) {
        if (!ejectPolicy.isTooMany(server.failuresInRow())) {
            return;
        }
        server.forgetFailures();
        server.counters()
                .set(
                        ServerMetric.SERVER_EJECTED_AT,
                        TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
        counters.add(PoolMetric.SERVER_EJECTS, 1);
        ejectPolicy.eject(server.index(), System.nanoTime());
        log.warn(
                "update pool '{}' to delete server '{}' for next {} ms",
                config.name(),
                server,
                config.serverRetryTimeout().toMillis());
        router.spreadOver(ejectPolicy.ejected());
    }
}
