package io.bilitw.client;

import io.bilitw.config.PoolConfig;
import io.bilitw.pool.Pool;
import io.bilitw.pool.SampleKeys;
import io.bilitw.protocol.Protocol;
import io.bilitw.protocol.RequestPool;
import io.bilitw.server.SampleConnector;
import io.bilitw.stats.ClientCensus;
import io.bilitw.stats.PoolFigures;
import io.bilitw.stats.SlowLog;
import io.bilitw.testkit.SampleLoop;
import io.bilitw.testkit.SampleSocket;
import java.util.ArrayList;
import java.util.List;

/** A pool between clients and servers that a test plays by hand. */
final class PlayedPool implements AutoCloseable {

    private final SampleLoop loop = new SampleLoop();
    private final SampleConnector connector = new SampleConnector();
    private final RequestPool requests = new RequestPool();
    private final List<SampleSocket> clients = new ArrayList<>();
    private final List<SampleSocket> servers = new ArrayList<>();
    private final Pool pool;
    private final ClientAcceptor acceptor;
    private final SampleKeys keys;

    /** Makes the pool, and connects all its servers. */
    PlayedPool(PoolConfig config, Protocol protocol) {
        pool =
                new Pool(
                        config,
                        protocol,
                        loop.loop(),
                        requests,
                        connector,
                        new PoolFigures(config.servers().size()),
                        SlowLog.inProcess());
        acceptor = new ClientAcceptor(pool, loop.loop(), requests, ClientCensus.alone(), 1 << 30);
        keys = new SampleKeys(config);
        pool.preconnect();
        for (int i = 0; i < connector.addresses().size(); i++) {
            servers.add(connector.accept(i));
        }
        endTurn();
    }

    /** Lets a client connect. */
    SampleSocket client() {
        SampleSocket client = new SampleSocket();
        clients.add(client);
        acceptor.accept(client.channel());
        endTurn();
        return client;
    }

    /** The server at {@code index}, from the servers' side. */
    SampleSocket server(int index) {
        return servers.get(index);
    }

    /** All servers, from the servers' side. */
    List<SampleSocket> servers() {
        return servers;
    }

    /** A key of the server at {@code index} that was not given before. */
    String keyOn(int index) {
        return keys.on(index);
    }

    /** The pool itself. */
    Pool pool() {
        return pool;
    }

    /** Ends the turn: what was appended is written. */
    void endTurn() {
        loop.endTurn();
    }

    @Override
    public void close() {
        acceptor.close();
        pool.close();
        endTurn();
        clients.forEach(SampleSocket::close);
        connector.close();
        loop.close();
    }
}
