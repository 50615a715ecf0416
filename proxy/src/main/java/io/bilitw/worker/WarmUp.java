package io.bilitw.worker;

import io.bilitw.config.ConfigException;
import io.bilitw.control.ProcessLog;
import io.bilitw.os.Descriptors;
import io.bilitw.os.ListeningSocket;
import io.bilitw.worker.WarmUpScript.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * A load that the program gives itself: with it the build makes the AOT cache, which holds the
 * classes that it needed.
 *
 * <p>A worker is ordered, as by its master, to serve a redis pool and a memcached pool, and clients
 * ask it for what {@linkplain WarmUpServer servers} keep, and once more when they have been moved
 * to its successor, as in a reload. Clients and servers are plain Java sockets and share no code
 * with the proxy, so whatever the JVM learns it learns from the proxy's own use of that code.
 */
public final class WarmUp implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final int SERVERS = 2;

    /** How long any of them may have to wait for another. */
    static final int TIMEOUT_MILLIS = 10_000;

    /** Clients of each pool: enough for the requests of several to leave in one write. */
    private static final int CLIENTS = 4;

    private final Path directory;
    private final List<WarmUpServer> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, Integer> sockets = new HashMap<>();

    private WarmUp(Path directory) {
        this.directory = directory;
    }

    /**
     * Sends about {@code requestCount} requests to each worker, and leaves nothing behind, however
     * it ends.
     *
     * @param version bilitw's own version, for texts
     * @param directory where its sockets may lie meanwhile
     * @return how many requests were answered
     * @throws IOException if a socket fails, or an answer is wrong or does not come
     */
    public static int run(String version, ProcessLog log, Path directory, int requestCount)
            throws IOException {
        try (WarmUp warmUp = new WarmUp(directory)) {
            return warmUp.run(version, log, requestCount);
        }
    }

    /** Closes all that was opened, and waits until it is closed. */
    @Override
    public void close() throws IOException {
        disconnect();
        for (WarmUpServer server : servers) {
            server.close();
        }
        for (Map.Entry<String, Integer> socket : sockets.entrySet()) {
            Descriptors.close(socket.getValue());
            Files.deleteIfExists(Path.of(socket.getKey()));
        }
    }

    private static Map<String, List<Batch>> scripts() {
        return Map.of("redis", WarmUpScript.redis(), "memcached", WarmUpScript.memcache());
    }

    private Path socket(String pool) {
        return directory.resolve(pool + ".sock");
    }

    private int run(String version, ProcessLog log, int requestCount) throws IOException {
        String text = configure();
        try (WarmUpWorker first = WarmUpWorker.begin(version, log)) {
            first.start(text, sockets);
            connect();
            int answered = drive(requestCount);
            try (WarmUpWorker second = WarmUpWorker.begin(version, log)) {
                second.start(text, sockets);
                first.moveTo(second);
                answered += drive(requestCount);
                disconnect();
                return answered;
            }
        } catch (ConfigException e) {
            throw new IOException("the warm-up's own configuration is wrong: " + e.problems(), e);
        } catch (CompletionException e) {
            throw new IOException("a worker failed: " + e.getCause(), e);
        }
    }

    /** Starts all servers, opens the sockets of all pools and returns the configuration of both. */
    private String configure() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String pool : scripts().keySet()) {
            configure(text, pool);
            String path = socket(pool).toString();
            sockets.put(path, ListeningSocket.openUnix(path, BACKLOG));
        }
        return text.toString();
    }

    /** Starts the servers of a pool and writes the configuration that names them. */
    private void configure(StringBuilder text, String pool) throws IOException {
        boolean isRedis = pool.equals("redis");
        text.append(pool).append(":\n  listen: ").append(socket(pool));
        text.append("\n  redis: ").append(isRedis);
        text.append("\n  timeout: ").append(TIMEOUT_MILLIS).append("\n  servers:\n");
        for (int i = 0; i < SERVERS; i++) {
            WarmUpServer server = WarmUpServer.start(isRedis);
            servers.add(server);
            text.append("   - 127.0.0.1:").append(server.port()).append(":1 ").append(i);
            text.append('\n');
        }
    }

    private void connect() throws IOException {
        for (Map.Entry<String, List<Batch>> pool : scripts().entrySet()) {
            for (int i = 0; i < CLIENTS; i++) {
                SocketChannel socket =
                        SocketChannel.open(UnixDomainSocketAddress.of(socket(pool.getKey())));
                clients.add(new Client(socket, Channels.newInputStream(socket), pool.getValue()));
            }
        }
    }

    private void disconnect() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
    }

    /** Lets all clients send before it reads what comes back, so that the proxy has all to do. */
    private int drive(int requestCount) throws IOException {
        int answered = 0;
        for (int turn = 0; answered < requestCount; turn++) {
            for (Client client : clients) {
                client.send(client.batch(turn));
            }
            for (Client client : clients) {
                Batch batch = client.batch(turn);
                int bytes = batch.responses().length;
                if (!Arrays.equals(client.input.readNBytes(bytes), batch.responses())) {
                    throw new IOException("the warm-up got a wrong answer in turn " + turn);
                }
                answered += batch.count();
            }
        }
        return answered;
    }

    /** Says the batches of its script in turn. */
    private record Client(SocketChannel socket, InputStream input, List<Batch> script) {

        Batch batch(int turn) {
            return script.get(turn % script.size());
        }

        void send(Batch batch) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(batch.requests());
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
        }
    }
}
