package io.bilitw.bench.matrix;

import io.bilitw.bench.load.LoadException;
import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.load.LoadRun;
import io.bilitw.bench.process.BenchException;
import io.bilitw.bench.process.CacheServer;
import io.bilitw.bench.process.Children;
import io.bilitw.bench.process.FirstAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two servers of a protocol and the proxies before both of them. All are children and end with
 * them.
 */
final class Stand {

    /** Where servers and load run. */
    static final String SERVERS_PROCESSOR = "0";

    /** Where proxies run. */
    static final String PROXIES_PROCESSOR = "1";

    /** Where two workers run, of which one is beside servers and load. */
    static final String BOTH_PROCESSORS = "0,1";

    private final Path home;
    private final Children children;
    private final LoadProtocol protocol;
    private final int serverA;
    private final int serverB;

    /** Starts the servers, for proxies of which ours is in the directory {@code home}. */
    Stand(Path home, Children children, LoadProtocol protocol) throws IOException, BenchException {
        this.home = home;
        this.children = children;
        this.protocol = protocol;
        serverA = startServer();
        serverB = startServer();
    }

    private int startServer() throws IOException, BenchException {
        return CacheServer.start(children, SERVERS_PROCESSOR, protocol).port();
    }

    /** Starts a bilitw. */
    Peer startBilitw(int workers, String processors) throws IOException, BenchException {
        int port = Children.freePort();
        Process master =
                children.start(
                        processors,
                        home.resolve("bin/bilitw").toString(),
                        "--worker-num=" + workers,
                        "--stats-addr=127.0.0.1",
                        "--stats-port=" + Children.freePort(),
                        "--http-port=0",
                        "--conf-file=" + configure(port));
        awaitAnswer(port, master);
        return new Peer("bilitw", port, master);
    }

    /** Starts a nutcracker. */
    Peer startNutcracker() throws IOException, BenchException {
        int port = Children.freePort();
        Process process =
                children.start(
                        PROXIES_PROCESSOR,
                        "nutcracker",
                        "--verbose=0",
                        "--stats-addr=127.0.0.1",
                        "--stats-port=" + Children.freePort(),
                        "--conf-file=" + configure(port));
        awaitAnswer(port, process);
        return new Peer("nutcracker", port, process);
    }

    /** Returns the server that is loaded itself. */
    Peer noProxy() {
        return new Peer("no proxy", serverA, null);
    }

    /** Sets all keys of a row, in both servers by a proxy, and once more in the one without it. */
    void fill(BenchRow row, Peer proxy) throws IOException, LoadException {
        for (Peer peer : List.of(proxy, noProxy())) {
            try (LoadRun fill = LoadRun.connect(row.fill(peer.port()))) {
                fill.load();
            }
        }
    }

    /** Where files of what is measured may lie. */
    Path directory() {
        return children.directory();
    }

    private Path configure(int port) throws IOException {
        String text =
                """
                measured:
                  listen: 127.0.0.1:%d
                  redis: %b
                  timeout: 1000
                  hash: fnv1a_64
                  distribution: ketama
                  servers:
                    - 127.0.0.1:%d:1
                    - 127.0.0.1:%d:1
                """
                        .formatted(port, protocol == LoadProtocol.REDIS, serverA, serverB);
        return Files.writeString(children.directory().resolve(port + ".yml"), text);
    }

    private void awaitAnswer(int port, Process process) throws IOException, BenchException {
        FirstAnswer.await(children, protocol, port, process);
    }
}
