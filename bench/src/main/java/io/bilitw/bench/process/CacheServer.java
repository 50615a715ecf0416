package io.bilitw.bench.process;

import io.bilitw.bench.load.LoadProtocol;
import java.io.IOException;

/** A redis or memcached server on a port of 127.0.0.1, a child, which keeps nothing on disk. */
public final class CacheServer {

    private final Children children;
    private final String processors;
    private final LoadProtocol protocol;
    private final int port;
    private Process process;

    private CacheServer(Children children, String processors, LoadProtocol protocol, int port)
            throws IOException {
        this.children = children;
        this.processors = processors;
        this.protocol = protocol;
        this.port = port;
        process = launch();
    }

    /** Starts a server on a free port and waits until it answers. */
    public static CacheServer start(Children children, String processors, LoadProtocol protocol)
            throws IOException, BenchException {
        CacheServer server = new CacheServer(children, processors, protocol, Children.freePort());
        server.await();
        return server;
    }

    /** Returns where it listens. */
    public int port() {
        return port;
    }

    /** Ends the server, which loses all it has. */
    public void stop() {
        Children.end(process);
    }

    /** Starts it anew on its port after {@link #stop}, and waits until it answers. */
    public void startAgain() throws IOException, BenchException {
        process = launch();
        await();
    }

    private void await() throws IOException, BenchException {
        FirstAnswer.await(children, protocol, port, process);
    }

    private Process launch() throws IOException {
        String text = String.valueOf(port);
        return switch (protocol) {
            case REDIS ->
                    start("redis-server", "--bind", "127.0.0.1", "--port", text, "--save", "");
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
    }

    private Process start(String... words) throws IOException {
        return children.start(processors, words);
    }
}
