package io.bilitw.bench.matrix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bilitw.bench.load.LoadException;
import io.bilitw.bench.load.LoadProtocol;
import io.bilitw.bench.load.LoadRun;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int ANSWER_MILLIS = 1000;
    private static final int PATIENCE_SECONDS = 60;

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
        int port = Children.freePort();
        String text = String.valueOf(port);
        Process server =
                switch (protocol) {
                    case REDIS ->
                            start(
                                    "redis-server",
                                    "--bind",
                                    "127.0.0.1",
                                    "--port",
                                    text,
                                    "--save",
                                    "");
                    case MEMCACHED ->
                            start(
                                    "memcached",
                                    "-l",
                                    "127.0.0.1",
                                    "-p",
                                    text,
                                    "-U",
                                    "0",
                                    "-t",
                                    "1",
                                    "-m",
                                    "1024",
                                    "-u",
                                    System.getProperty("user.name"));
                };
        awaitAnswer(port, server);
        return port;
    }

    private Process start(String... words) throws IOException {
        return children.start(SERVERS_PROCESSOR, words);
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

    /** Waits until a request is answered on the port. */
    private void awaitAnswer(int port, Process process) throws IOException, BenchException {
        long startNanos = System.nanoTime();
        while (!answers(port)) {
            LockSupport.parkNanos(LOOK_NANOS);
            long nanos = System.nanoTime() - startNanos;
            if (!process.isAlive() || nanos > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new BenchException(
                        "A process gives no answer on port %d; all of them have said:%n%s"
                                .formatted(port, Files.readString(children.output())));
            }
        }
    }

    private boolean answers(int port) {
        String request =
                protocol == LoadProtocol.REDIS
                        ? "*2\r\n$3\r\nGET\r\n$7\r\nnothing\r\n"
                        : "get nothing\r\n";
        String response = protocol == LoadProtocol.REDIS ? "$-1\r\n" : "END\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(Children.loopback(port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(response.length());
            return new String(answer, US_ASCII).equals(response);
        } catch (IOException e) {
            return false;
        }
    }
}
