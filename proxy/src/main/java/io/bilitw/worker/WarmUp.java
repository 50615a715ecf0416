package io.bilitw.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.config.Config;
import io.bilitw.config.ConfigException;
import io.bilitw.config.ConfigFile;
import io.bilitw.control.Message;
import io.bilitw.control.Order;
import io.bilitw.control.ProcessLog;
import io.bilitw.control.Report;
import io.bilitw.control.StartSettings;
import io.bilitw.os.Descriptors;
import io.bilitw.os.ListeningSocket;
import io.bilitw.os.MessageSocket;
import io.bilitw.stats.CounterFile;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A load that the program gives itself: with it the build makes the AOT cache, which holds the
 * classes that it needed.
 *
 * <p>A worker is ordered, as by its master, to serve a redis pool and a memcached pool, and clients
 * ask it for what {@linkplain WarmUpServer servers} keep. Clients and servers are plain Java
 * sockets and share no code with the proxy, so whatever the JVM learns it learns from the proxy's
 * own use of that code.
 */
public final class WarmUp implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int VERBOSITY = 5;
    private static final int SERVERS = 2;

    /** How long any of them may have to wait for another. */
    static final int TIMEOUT_MILLIS = 10_000;

    /** Clients of each pool: enough for the requests of several to leave in one write. */
    private static final int CLIENTS = 4;

    private final Path directory;
    private final List<WarmUpServer> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();

    private WarmUp(Path directory) {
        this.directory = directory;
    }

    /**
     * Sends about {@code requestCount} requests, and leaves nothing behind, however it ends.
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
        for (String pool : scripts().keySet()) {
            Files.deleteIfExists(socket(pool));
        }
    }

    private static Map<String, List<Batch>> scripts() {
        return Map.of("redis", WarmUpScript.redis(), "memcached", WarmUpScript.memcache());
    }

    private Path socket(String pool) {
        return directory.resolve(pool + ".sock");
    }

    private int run(String version, ProcessLog log, int requestCount) throws IOException {
        List<MessageSocket> ends = MessageSocket.pair();
        MessageSocket master = ends.getFirst();
        try (MessageSocket workers = ends.getLast()) {
            CompletableFuture<Integer> worker =
                    CompletableFuture.supplyAsync(
                            () -> obey(version, log, workers), task -> new Thread(task).start());
            try {
                order(master);
                connect();
                return drive(requestCount);
            } finally {
                disconnect();
                master.close(); // which ends the worker
                worker.join();
            }
        } catch (ConfigException e) {
            throw new IOException("the warm-up's own configuration is wrong: " + e.problems(), e);
        } catch (CompletionException e) {
            throw new IOException("the worker failed: " + e.getCause(), e);
        }
    }

    private static int obey(String version, ProcessLog log, MessageSocket control) {
        try {
            return WorkerProcess.obey(version, log, control);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Has the worker started, and waits until it is. */
    private void order(MessageSocket worker) throws IOException, ConfigException {
        StringBuilder text = new StringBuilder();
        for (String pool : scripts().keySet()) {
            configure(text, pool);
            int socket = ListeningSocket.openUnix(socket(pool).toString(), BACKLOG);
            send(worker, Order.LISTEN, socket(pool).toString(), socket);
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        send(worker, Order.CONFIG, "warm-up", Descriptors.openInMemory("warm-up", bytes));
        Config config = ConfigFile.parse("warm-up", text.toString()).config();
        int figures = Descriptors.openInMemory("warm-up", CounterFile.bytes(config));
        CounterFile.create(Descriptors.path(figures));
        send(worker, Order.FIGURES, "", figures);
        StartSettings start =
                new StartSettings(BUFFER_BYTES, VERBOSITY, 0, StartSettings.ANY_PROCESSOR);
        worker.trySend(
                new Message<>(Order.START, start.text()).bytes(), MessageSocket.NO_DESCRIPTOR);
        MessageSocket.Received received = worker.receive();
        if (received == null) {
            throw new IOException("the worker has ended");
        }
        Message<Report> report = Message.read(Report.class, received.bytes());
        if (report.kind() != Report.READY) {
            throw new IOException("the worker failed: " + report.argument());
        }
    }

    private static void send(MessageSocket worker, Order order, String argument, int descriptor)
            throws IOException {
        try {
            worker.trySend(new Message<>(order, argument).bytes(), descriptor);
        } finally {
            Descriptors.close(descriptor);
        }
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
