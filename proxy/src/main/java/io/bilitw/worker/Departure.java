package io.bilitw.worker;

import io.bilitw.client.ClientAcceptor;
import io.bilitw.client.ClientSession;
import io.bilitw.client.ClientState;
import io.bilitw.config.PoolConfig;
import io.bilitw.control.MovedClient;
import io.bilitw.os.MessageSocket;
import io.bilitw.os.OsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a worker ends: it accepts no more, gives its clients to its successor one by one as they come
 * to rest, and is done when none is left.
 *
 * <p>The first client goes at once, the others follow slowly and then faster, as the successor's
 * JVM has to learn its work: until it has, it serves far less than this worker. A client whose turn
 * has come is paused, so that it comes to rest as soon as its requests are answered; what it sends
 * meanwhile waits in its socket. The successor confirms each; one that it does not take is served
 * on here. When the time is over, clients that are left are told to go as soon as what they have
 * asked is answered, and at last they are cut. Without a successor that is how it begins.
 *
 * <p>All of it happens on the event loop, in short sweeps, so the way of requests knows nothing of
 * it.
 */
final class Departure {

    private static final Logger log = LoggerFactory.getLogger("worker");

    private static final long SWEEP_MILLIS = 2;

    /** When the last client has its turn, if there is that much time. */
    private static final Duration MOVING_TIME = Duration.ofMillis(1500);

    /** The share of the time that there is in which all clients have had their turn. */
    private static final int MOVING_SHARE = 4;

    /** How long clients have to go after they were told to. */
    private static final Duration LAST_TIME = Duration.ofSeconds(1);

    /** So many may be on the way at once: each is an open file more. */
    private static final int MAX_ON_THE_WAY = 128;

    private final Worker worker;
    private final @Nullable MessageSocket successor;
    private final Runnable onDone;
    private final CountDownLatch done = new CountDownLatch(1);
    private final ArrayDeque<ClientSession> sent = new ArrayDeque<>();
    private final ArrayDeque<ClientSession> waiting = new ArrayDeque<>();
    private final List<ClientSession> leaving = new ArrayList<>();
    private final Set<ClientSession> onTheWay = new HashSet<>();
    private final Set<ClientSession> staying = new HashSet<>();
    private final long movingNanos;
    private @Nullable Thread hearing;
    private volatile long endNanos;
    private long beginNanos;
    private int clientCount;
    private boolean isMoving;
    private boolean isFinishing;
    private long cutNanos;
    private int movedCount;
    private @Nullable ScheduledFuture<?> sweeps;

    /**
     * Prepares the end of {@code worker}.
     *
     * @param successor where clients can go, or null
     * @param time how long they may be served on if they do not come to rest
     * @param onDone called when all is done
     */
    Departure(Worker worker, @Nullable MessageSocket successor, Duration time, Runnable onDone) {
        this.worker = worker;
        this.successor = successor;
        this.onDone = onDone;
        endNanos = System.nanoTime() + time.toNanos();
        movingNanos = Math.min(MOVING_TIME.toNanos(), time.toNanos() / MOVING_SHARE);
        isMoving = successor != null;
    }

    /** Begins. */
    void start() {
        MessageSocket to = successor;
        if (to != null) {
            hearing = Thread.ofPlatform().daemon().name("confirmations").start(() -> hear(to));
        }
        worker.eventLoop().execute(this::begin);
    }

    /** Leaves no more than {@code time}. */
    void hurry(Duration time) {
        worker.eventLoop()
                .execute(() -> {
                    endNanos = System.nanoTime();
                    cutNanos = endNanos + time.toNanos();
                    isMoving = false;
                    finish();
                });
    }

    /** Waits until it is done and the worker has stopped. */
    void await() {
        try {
            done.await();
            MessageSocket to = successor;
            Thread listener = hearing;
            if (to != null && listener != null) {
                to.shutdown();
                listener.join();
                to.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        worker.stop();
    }

    private void begin() {
        worker.stopListening();
        if (isMoving) {
            beginNanos = System.nanoTime();
            forEachSession(waiting::addLast);
            clientCount = waiting.size();
        } else {
            cutNanos = endNanos;
            finish();
        }
        sweeps =
                worker.eventLoop()
                        .scheduleWithFixedDelay(
                                this::sweep, 0, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        if (!isFinishing && now - endNanos >= 0) {
            isMoving = false;
            cutNanos = now + LAST_TIME.toNanos();
            finish();
        }
        if (isMoving) {
            beginToMove(now - beginNanos);
            leaving.removeIf(session -> session.isGone() || staying.contains(session));
            leaving.forEach(this::moveIfAtRest);
        }
        if (isFinishing && now - cutNanos >= 0) {
            forEachSession(this::cut);
        }
        boolean isOver = isFinishing && now - cutNanos >= 0;
        ScheduledFuture<?> running = sweeps;
        if ((worker.isDone() || isOver) && onTheWay.isEmpty() && running != null) {
            running.cancel(false);
            log.info("moved {} clients to the successor", movedCount);
            done.countDown();
            onDone.run();
        }
    }

    /** Pauses those whose turn comes within {@code nanos}, of which the square counts. */
    private void beginToMove(long nanos) {
        double share = Math.min(1, (double) nanos / Math.max(1, movingNanos));
        int begun = Math.max(1, (int) (clientCount * share * share));
        int stillWaiting = Math.max(0, clientCount - begun);
        while (waiting.size() > stillWaiting) {
            ClientSession session = waiting.removeFirst();
            session.pause();
            leaving.add(session);
        }
    }

    private void forEachSession(Consumer<ClientSession> action) {
        for (ClientAcceptor acceptor : worker.acceptors()) {
            acceptor.sessions().forEach(action);
        }
    }

    private void finish() {
        isFinishing = true;
        forEachSession(session -> {
            if (!onTheWay.contains(session)) {
                session.finish();
            }
        });
    }

    private void cut(ClientSession session) {
        if (!onTheWay.contains(session)) {
            session.close();
        }
    }

    private void moveIfAtRest(ClientSession session) {
        if (onTheWay.contains(session)) {
            return;
        }
        if (!session.isAtRest()) {
            session.pause(); // again, as it may have had a long request to read at first
            return;
        }
        if (onTheWay.size() < MAX_ON_THE_WAY) {
            onTheWay.add(session);
            session.connection().suspend().addListener(_ -> send(session));
        }
    }

    /** Sends a client that is off the event loop, unless something has happened to it meanwhile. */
    private void send(ClientSession session) {
        MessageSocket to = successor;
        if (to == null || !session.isAtRest()) {
            takeBack(session);
            return;
        }
        try {
            if (to.trySend(describe(session).bytes(), session.connection().descriptor())) {
                sent.addLast(session);
            } else {
                takeBack(session);
                session.pause();
            }
        } catch (OsException e) {
            log.warn("cannot move a client to the successor: {}", e.getMessage());
            staying.add(session);
            takeBack(session);
        }
    }

    private MovedClient describe(ClientSession session) {
        ClientState state = session.state();
        PoolConfig pool = session.pool().config();
        return new MovedClient(
                pool.listen().toString(),
                pool.name(),
                state.id(),
                state.acceptedNanos(),
                state.conversation(),
                state.unread());
    }

    private void takeBack(ClientSession session) {
        onTheWay.remove(session);
        session.connection().resume();
        if (isFinishing) {
            session.finish();
        }
    }

    /** Reads the successor's confirmations, a byte each, until there are none. */
    private void hear(MessageSocket to) {
        for (MessageSocket.Received received = to.receive();
                received != null;
                received = to.receive()) {
            boolean isTaken = received.bytes()[0] == Adoption.TAKEN;
            worker.eventLoop().execute(() -> confirm(isTaken));
        }
        worker.eventLoop().execute(this::takeAllBack);
    }

    private void confirm(boolean isTaken) {
        ClientSession session = sent.removeFirst();
        if (isTaken) {
            onTheWay.remove(session);
            session.abandon();
            movedCount++;
        } else {
            staying.add(session);
            takeBack(session);
        }
    }

    /** The successor has died: who has not arrived there is still here. */
    private void takeAllBack() {
        isMoving = false;
        for (ClientSession session = sent.pollFirst();
                session != null;
                session = sent.pollFirst()) {
            takeBack(session);
        }
        forEachSession(session -> {
            if (!onTheWay.contains(session)) {
                session.connection().readOn();
            }
        });
    }
}
