package io.bilitw.server;

import io.bilitw.net.Loop;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.ResponseSink;
import io.bilitw.stats.ServerMetric;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an ejected server, every {@code server_retry_timeout} and over a connection of its own,
 * whether it can serve again, and tells the pool when it says so. Nothing runs while it is not
 * {@linkplain #start started}. Event-loop confined.
 *
 * <p>The connection is one like those of clients, handshake and timeout included, but belongs to a
 * {@link Server} that nobody else knows: what happens to it is neither counted nor held against the
 * server.
 */
final class Probe implements ResponseSink {

    private static final Logger log = LoggerFactory.getLogger("server");

    /** Hears nothing: the probe's answer tells all. */
    private static final ServerListener DEAF =
            new ServerListener() {
                @Override
                public void onServerFailure(Server server) {}

                @Override
                public void onServerRecovery(Server server) {}

                @Override
                public void onSlowRequest(
                        Server server, Request request, long nanos, String failure) {}
            };

    private final Server server;
    private final Server alone;
    private final ServerSettings settings;
    private final Protocol protocol;
    private final Loop loop;
    private final ServerListener listener;
    private final RequestPool requests = new RequestPool();
    private long begunNanos;
    private @Nullable Future<?> timer;
    private boolean isOn;

    /** Will ask {@code server}, which has these settings, and tell {@code listener}. */
    Probe(
            Server server,
            ServerSettings settings,
            Protocol protocol,
            Loop loop,
            Connector connector,
            ServerListener listener) {
        this.server = server;
        this.settings = settings;
        this.protocol = protocol;
        this.loop = loop;
        this.listener = listener;
        alone = server.withoutClients(settings.ofProbe(), DEAF);
    }

    /** Asks until the server says that it can serve, for the first time after one interval. */
    void start() {
        if (!isOn) {
            isOn = true;
            askIn(settings.probeNanos());
        }
    }

    /** Asks no more. */
    void stop() {
        isOn = false;
        Future<?> waiting = timer;
        if (waiting != null) {
            waiting.cancel(false);
        }
        alone.close();
    }

    private void askIn(long nanos) {
        timer = loop.eventLoop().schedule(this::ask, nanos, TimeUnit.NANOSECONDS);
    }

    private void ask() {
        loop.readClock();
        begunNanos = loop.nowNanos();
        server.counters().add(ServerMetric.PROBES, 1);
        byte[] question = protocol.probe();
        Request request = requests.take(this);
        alone.newConnection()
                .begin(request, question.length)
                .room(question.length)
                .writeBytes(question);
    }

    @Override
    public void onResponse(Request request, ByteBuf in, int from, int bytes) {
        requests.giveBack(request);
        if (protocol.isProof(in, from, bytes)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(loop.nowNanos() - begunNanos);
            log.info(
                    "server '{}' of pool '{}' has answered a probe after {} ms",
                    server,
                    settings.poolName(),
                    millis);
            stop();
            listener.onServerRecovery(server);
        } else {
            alone.close();
            again(ErrorLine.text(in, from, bytes));
        }
    }

    @Override
    public void onSilence(Request request) {
        throw new IllegalStateException("a probe always has a response");
    }

    @Override
    public void onFailure(Request request, Failure failure) {
        requests.giveBack(request);
        if (isOn) {
            again(failure.text());
        }
    }

    private void again(String reason) {
        server.counters().add(ServerMetric.PROBE_FAILURES, 1);
        long nextNanos = begunNanos + settings.probeNanos() - System.nanoTime();
        log.info(
                "server '{}' of pool '{}' has not answered a probe as it should: {}",
                server,
                settings.poolName(),
                reason);
        askIn(Math.max(0, nextNanos));
    }
}
