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
import io.bilitw.os.MessageSocket;
import io.bilitw.stats.CounterFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A worker of the {@link WarmUp}, which is no process here, as its master sees it. */
final class WarmUpWorker implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int VERBOSITY = 5;

    /** How long clients may take to move from a worker to the next. */
    private static final String MOVING_MILLIS = "1000";

    private final MessageSocket control;
    private final CompletableFuture<Integer> end;

    private WarmUpWorker(MessageSocket control, CompletableFuture<Integer> end) {
        this.control = control;
        this.end = end;
    }

    /** Begins one that waits for orders. */
    static WarmUpWorker begin(String version, ProcessLog log) throws IOException {
        List<MessageSocket> ends = MessageSocket.pair();
        CompletableFuture<Integer> end =
                CompletableFuture.supplyAsync(
                        () -> obey(version, log, ends.getLast()), task -> new Thread(task).start());
        return new WarmUpWorker(ends.getFirst(), end);
    }

    private static int obey(String version, ProcessLog log, MessageSocket control) {
        try (control) {
            return WorkerProcess.obey(version, log, control);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Has the worker started, and waits until it is. */
    void start(String text, Map<String, Integer> sockets) throws IOException, ConfigException {
        for (Map.Entry<String, Integer> socket : sockets.entrySet()) {
            order(Order.LISTEN, socket.getKey(), Descriptors.duplicate(socket.getValue()));
        }
        byte[] bytes = text.getBytes(UTF_8);
        order(Order.CONFIG, "warm-up", Descriptors.openInMemory("warm-up", bytes));
        Config config = ConfigFile.parse("warm-up", text).config();
        int figures = Descriptors.openInMemory("warm-up", CounterFile.bytes(config));
        CounterFile.create(Descriptors.path(figures));
        order(Order.FIGURES, "", figures);
        StartSettings settings =
                new StartSettings(BUFFER_BYTES, VERBOSITY, 0, StartSettings.ANY_PROCESSOR);
        order(Order.START, settings.text(), MessageSocket.NO_DESCRIPTOR);
        MessageSocket.Received received = control.receive();
        if (received == null) {
            throw new IOException("the worker has ended");
        }
        Message<Report> report = Message.read(Report.class, received.bytes());
        if (report.kind() != Report.READY) {
            throw new IOException("the worker failed: " + report.argument());
        }
    }

    /** Has the clients moved, and waits until the worker has ended. */
    void moveTo(WarmUpWorker successor) throws IOException {
        List<MessageSocket> ends = MessageSocket.pair();
        successor.order(Order.ADOPT, "", ends.getLast().descriptor());
        order(Order.MOVE, MOVING_MILLIS, ends.getFirst().descriptor());
        end.join();
    }

    /** Sends an order; the descriptor belongs to the worker from then on. */
    private void order(Order order, String argument, int descriptor) throws IOException {
        control.trySend(new Message<>(order, argument).bytes(), descriptor);
        if (descriptor != MessageSocket.NO_DESCRIPTOR) {
            Descriptors.close(descriptor);
        }
    }

    /** Ends the worker, and waits until it has. */
    @Override
    public void close() {
        control.close();
        end.join();
    }
}
