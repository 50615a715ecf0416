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

    /** While memory is short, no longer request is read to its end, and none for who holds more. */
    private static final int LONG_BYTES = 64 * 1024;

    private final ClientAddress address;
    private final Pool pool;
    private final Loop loop;
    private final ClientRequests requests;
    private final long maxRequestBytes;
    private final ClientAcceptor acceptor;
    private final Connection connection;
    private final Dialogue dialogue;

    /** No more requests are taken: the client has said its last word, or is out of step. */
    private boolean isInputOver;

    private boolean isClosed;

    /** It is not held back: it is about to go to another process, or it is its turn. */
    private boolean isExempt;

    /** No more is read as memory is short and this client holds some. */
    private boolean isHeldBack;

    /** When bytes have come last, or when it was last found to wait for an answer. */
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
        this.requests = new ClientRequests(loop, requests, pool.counters());
        maxRequestBytes = acceptor.maxRequestBytes();
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

    /**
     * Reads no more requests, so that the client comes to rest; but one of which the parser knows
     * more than its bytes tell, or that is longer than the read buffer, is still read to its end.
     */
    public void pause() {
        isExempt = true;
        isHeldBack = false;
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
                && !requests.isWaiting()
                && dialogue.parser().isReplaceable()
                && connection.isAtRest();
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
        if (requests.isWaiting() || connection.isWriting() || isHeldBack) {
            heardNanos = now;
            return false;
        }
        boolean isIdle = !isInputOver && now - heardNanos >= nanos;
        if (isIdle) {
            finish();
        }
        return isIdle;
    }

    /** About how many bytes of memory it holds: its answers and its requests on their way. */
    long heldBytes() {
        return connection.heldBytes() + requests.heldBytes();
    }

    /** When bytes have come last. */
    long heardNanos() {
        return heardNanos;
    }

    /** Reads no more requests for the time being, so that it holds no more memory. */
    void holdBack() {
        if (!isExempt && !isHeldBack) {
            isHeldBack = true;
            connection.pause();
            pool.counters().add(PoolMetric.CLIENT_PAUSES, 1);
        }
    }

    /** Sets whether it may send even if it holds much. */
    void exempt(boolean isNow) {
        isExempt = isNow;
    }

    /** Tells whether it is {@linkplain #holdBack held back}. */
    boolean isHeldBack() {
        return isHeldBack;
    }

    /** Reads on. */
    void letGo() {
        if (isHeldBack) {
            isHeldBack = false;
            if (!isClosed) {
                connection.readOn();
                connection.showAgain();
            }
        }
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
            if (loop.memory().isShort() && in.isReadable() && mustWait()) {
                holdBack(); // what is left is shown again
                return;
            }
            ParseStatus status = parser.parse(in);
            if (status == ParseStatus.NEED_MORE) {
                onUnfinished(parser.expectedBytes());
                break;
            }
            if (status == ParseStatus.INVALID) {
                answerInvalid();
            } else if (parser.consumedBytes() > maxRequestBytes) {
                answerTooLarge();
            } else {
                handle();
                in.skipBytes(parser.consumedBytes());
            }
        }
        if (isInputOver) {
            in.skipBytes(in.readableBytes());
        }
    }

    /**
     * Tells whether the next request has to wait, as memory is short and it may make it shorter.
     */
    private boolean mustWait() {
        return !isExempt && (loop.memory().isCritical() || connection.heldBytes() > LONG_BYTES);
    }

    private void onUnfinished(int bytes) {
        if (bytes > maxRequestBytes) {
            answerTooLarge();
        } else if (bytes > LONG_BYTES && loop.memory().isShort() && !isExempt) {
            holdBack(); // until it may send the rest
        }
    }

    @Override
    public int expectedBytes() {
        return isHeldBack ? 0 : dialogue.parser().expectedBytes();
    }

    @Override
    public void onInputEnd() {
        isInputOver = true;
        if (requests.isEmpty()) {
            connection.finish();
        }
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        acceptor.onClosed(this, requests.forget(), cause);
    }

    @Override
    public void onResponse(Request request, ByteBuf in, int from, int bytes) {
        if (isClosed) {
            requests.giveBack(request);
        } else if (request == requests.first()) {
            requests.takeFirst();
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

    /** Tells whether the client has gone, or to another process. */
    @Override
    public boolean isGone() {
        return isClosed;
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
        ByteBuf error = loop.allocator().buffer();
        dialogue.answerInvalid(error);
        answerLast(error);
    }

    private void answerTooLarge() {
        ByteBuf error = loop.allocator().buffer();
        pool.protocol().writeRequestTooLarge(maxRequestBytes, error);
        answerLast(error);
    }

    /** Answers with {@code error}, which is taken over, and listens no more. */
    private void answerLast(ByteBuf error) {
        isInputOver = true;
        acceptor.onInvalid(address);
        answer(requests.add(this, 0), error);
    }

    /** Makes the request that the parser has completed; one without response waits for none. */
    private Request enqueue() {
        int bytes = dialogue.parser().consumedBytes();
        ResponseMode mode = dialogue.responseMode();
        if (mode == ResponseMode.NEVER) {
            return requests.addUnheard(bytes);
        }
        Request request = requests.add(this, bytes);
        if (mode == ResponseMode.QUIET) {
            request.makeQuiet();
        }
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
        Request next = requests.first();
        while (next != null && next.isAnswered()) {
            requests.takeFirst();
            record(next, next.responseBytes());
            connection.out().append(next.response(), next.responseFrom(), next.responseBytes());
            requests.giveBack(next);
            next = requests.first();
        }
        if (next == null && isInputOver) {
            connection.finish();
        }
    }
}
