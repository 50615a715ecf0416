package io.bilitw.client;

import io.bilitw.net.Connection;
import io.bilitw.net.ConnectionHandler;
import io.bilitw.net.HoldArea;
import io.bilitw.net.Loop;
import io.bilitw.pool.Pool;
import io.bilitw.protocol.Dialogue;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.ParseStatus;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestKind;
import io.bilitw.protocol.RequestParser;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.RequestQueue;
import io.bilitw.protocol.ResponseMode;
import io.bilitw.protocol.ResponseSink;
import io.bilitw.stats.PoolMetric;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: its requests wait in the order in which they came, and their responses
 * leave in that same order. A response for the oldest request goes out at once, others are held
 * until it is their turn.
 *
 * <p>When the client has gone, what it has asked is still carried out, and the answers are thrown
 * away (twemproxy nc_client.c:client_close). Event-loop confined.
 */
public final class ClientSession implements ConnectionHandler, ResponseSink {

    /** The memory of a queue that was longer than this is not kept for ever. */
    private static final int LONG_QUEUE = 1024;

    private final ClientAddress address;
    private final Pool pool;
    private final Loop loop;
    private final RequestPool requests;
    private final ClientAcceptor acceptor;
    private final Connection connection;
    private final Dialogue dialogue;
    private final RequestQueue unanswered = new RequestQueue(LONG_QUEUE);

    /** Where the responses go that the client does not want; most clients want all. */
    private @Nullable Unheard unheard;

    /** No more requests are taken: the client has said its last word, or is out of step. */
    private boolean isInputOver;

    private boolean isClosed;

    /**
     * When bytes have come last, or when it was last found to wait for an answer, or for the rest
     * of one.
     */
    private long heardNanos;

    ClientSession(
            ClientAddress address,
            Pool pool,
            Loop loop,
            RequestPool requests,
            ClientAcceptor acceptor) {
        this.address = address;
        this.pool = pool;
        this.loop = loop;
        this.requests = requests;
        this.acceptor = acceptor;
        connection = new Connection(loop, this);
        dialogue = pool.protocol().newDialogue(address);
        heardNanos = System.nanoTime(); // the loop's clock may have stood for long
    }

    /** The pool it is a client of. */
    public Pool pool() {
        return pool;
    }

    /** Who the client is. */
    ClientAddress address() {
        return address;
    }

    /** Its socket. */
    public Connection connection() {
        return connection;
    }

    /** Tells whether the client has gone, or to another process. */
    public boolean isClosed() {
        return isClosed;
    }

    /**
     * Reads no more requests, so that the client comes to rest; but one of which the parser knows
     * more than its bytes tell, or that is longer than the read buffer, is still read to its end.
     */
    public void pause() {
        if (connection.isReadingLong() || !dialogue.parser().isReplaceable()) {
            connection.readOn();
        } else {
            connection.pause();
        }
    }

    /** Tells whether nothing is under way, so that another process could go on with the client. */
    public boolean isAtRest() {
        return !isClosed
                && !isInputOver
                && !isWaiting()
                && dialogue.parser().isReplaceable()
                && connection.isAtRest();
    }

    /** Tells whether a server has yet to answer, be it that the client does not want to hear it. */
    private boolean isWaiting() {
        return !unanswered.isEmpty() || (unheard != null && !unheard.isIdle());
    }

    /** What another process must know to go on with the client, which is at rest. */
    public ClientState state() {
        return new ClientState(
                address.id(), address.acceptedNanos(), dialogue.state(), connection.unread());
    }

    /** Lets go of the client, whose socket was suspended: another process has it. */
    public void abandon() {
        isClosed = true;
        connection.abandon();
        acceptor.onMoved(this);
    }

    /** Takes no more requests, and closes when those that were taken are answered. */
    public void finish() {
        if (!isClosed) {
            onInputEnd();
        }
    }

    /**
     * Closes if nothing has come for {@code nanos} and nothing is under way.
     *
     * @return whether it does
     */
    boolean closeIfIdle(long now, long nanos) {
        if (isWaiting() || connection.isWriting()) {
            heardNanos = now;
            return false;
        }
        boolean isIdle = !isInputOver && now - heardNanos >= nanos;
        if (isIdle) {
            finish();
        }
        return isIdle;
    }

    void restore(ClientState state) {
        dialogue.restore(state.conversation());
        connection.putUnread(state.unread());
    }

    /** Closes at once. */
    public void close() {
        connection.close();
        onClosed(null);
    }

    @Override
    public void onRead(ByteBuf in) {
        heardNanos = loop.nowNanos();
        RequestParser parser = dialogue.parser();
        while (!isInputOver) { // also when nothing is left, so that the parser drops what it keeps
            ParseStatus status = parser.parse(in);
            if (status == ParseStatus.NEED_MORE) {
                return;
            }
            if (status == ParseStatus.INVALID) {
                answerInvalid();
            } else {
                handle();
                in.skipBytes(parser.consumedBytes());
            }
        }
        if (isInputOver) {
            in.skipBytes(in.readableBytes());
        }
    }

    @Override
    public int expectedBytes() {
        return dialogue.parser().expectedBytes();
    }

    @Override
    public void onInputEnd() {
        isInputOver = true;
        if (unanswered.isEmpty()) {
            connection.finish();
        }
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        int count = unanswered.size();
        for (Request request = unanswered.takeFirst();
                request != null;
                request = unanswered.takeFirst()) {
            if (request.isAnswered()) {
                requests.giveBack(request); // the others come back with their responses
            }
        }
        acceptor.onClosed(this, count, cause);
    }

    @Override
    public void onResponse(Request request, ByteBuf in, int from, int bytes) {
        if (isClosed) {
            requests.giveBack(request);
        } else if (request == unanswered.first()) {
            unanswered.takeFirst();
            record(request, bytes);
            connection.out().append(in, from, bytes);
            requests.giveBack(request);
            deliverHeld();
        } else {
            HoldArea area = loop.holdArea();
            ByteBuf held = area.hold(in, from, bytes);
            request.hold(held, area.heldFrom(), bytes);
        }
    }

    @Override
    public void onSilence(Request request) {
        onResponse(request, Unpooled.EMPTY_BUFFER, 0, 0);
    }

    @Override
    public void onFailure(Request request, Failure failure) {
        pool.counters().add(PoolMetric.FORWARD_ERROR, 1);
        if (loop.isTracingRequests()) {
            acceptor.traceFailure(address, failure);
        }
        ByteBuf error = loop.allocator().buffer();
        pool.protocol().writeFailure(failure, error);
        answer(request, error);
    }

    private void handle() {
        pool.counters().add(metricOf(dialogue.kind()), 1);
        switch (dialogue.handling()) {
            case FORWARD -> pool.forward(enqueue(), dialogue);
            case FORWARD_TO_ANY -> pool.forwardToAny(enqueue(), dialogue);
            case SPLIT -> pool.split(enqueue(), dialogue);
            case BROADCAST -> pool.broadcast(enqueue(), dialogue);
            case ANSWER -> answerLocally();
            case IGNORE -> {}
        }
    }

    private static PoolMetric metricOf(RequestKind kind) {
        return switch (kind) {
            case GET -> PoolMetric.REQUESTS_GET;
            case READ -> PoolMetric.REQUESTS_READ;
            case WRITE -> PoolMetric.REQUESTS_WRITE;
            case OTHER -> PoolMetric.REQUESTS_OTHER;
        };
    }

    private void answerLocally() {
        ByteBuf answer = loop.allocator().buffer();
        isInputOver = !dialogue.answer(answer);
        if (dialogue.responseMode() == ResponseMode.NEVER) {
            answer.release();
        } else {
            answer(enqueue(), answer);
        }
    }

    private void answerInvalid() {
        isInputOver = true;
        acceptor.onInvalid(address);
        ByteBuf error = loop.allocator().buffer();
        dialogue.answerInvalid(error);
        answer(inLine(), error);
    }

    /** Makes the request that the parser has completed; one without response waits for none. */
    private Request enqueue() {
        ResponseMode mode = dialogue.responseMode();
        if (mode == ResponseMode.NEVER) {
            Request request = unheard().take();
            request.arrivedAt(loop.nowNanos());
            return request;
        }
        Request request = inLine();
        if (mode == ResponseMode.QUIET) {
            request.makeQuiet();
        }
        return request;
    }

    private Unheard unheard() {
        Unheard sink = unheard;
        if (sink == null) {
            sink = new Unheard(requests, pool.counters());
            unheard = sink;
        }
        return sink;
    }

    private Request inLine() {
        Request request = requests.take(this);
        request.arrivedAt(loop.nowNanos());
        unanswered.add(request);
        return request;
    }

    /** Answers {@code request} with the proxy's own words; takes over {@code answer}. */
    private void answer(Request request, ByteBuf answer) {
        onResponse(request, answer, answer.readerIndex(), answer.readableBytes());
        answer.release();
    }

    /** Takes note of the time that an answer took, when it leaves. */
    private void record(Request request, int bytes) {
        long nanos = loop.nowNanos() - request.arrivedNanos();
        pool.latencies().record(nanos);
        if (loop.isTracingRequests()) {
            acceptor.traceAnswer(address, nanos, bytes);
        }
    }

    private void deliverHeld() {
        Request next = unanswered.first();
        while (next != null && next.isAnswered()) {
            unanswered.takeFirst();
            record(next, next.responseBytes());
            connection.out().append(next.response(), next.responseFrom(), next.responseBytes());
            requests.giveBack(next);
            next = unanswered.first();
        }
        if (next == null && isInputOver) {
            connection.finish();
        }
    }
}
