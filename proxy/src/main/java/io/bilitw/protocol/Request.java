package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One request, or one fragment of a request, from birth to answer. Its bytes are not here: they are
 * on their way to the server already.
 *
 * <p>Reused: {@link RequestPool} hands it out and takes it back. Event-loop confined.
 */
public final class Request {

    /** Stands for the number of a key where there is none. */
    public static final int NO_KEY = -1;

    private static final byte[] NO_BYTES = {};

    private @Nullable ResponseSink sink;
    private long arrivedNanos;
    private long queuedNanos;
    private int queuedBytes;
    private int lookups;
    private int fragment;
    private boolean isAnswered;
    private boolean isQuiet;
    private boolean isShared;
    private boolean isLastShared;
    private byte[] key = NO_BYTES;
    private int keyBytes;
    private byte @Nullable [] miss;
    private @Nullable ByteBuf response;
    private int responseFrom;
    private int responseBytes;
    private long keptBytes;
    private @Nullable RequestSummary summary;

    Request() {}

    /**
     * Begins a new life; {@code fragment} is its place among the fragments of a split request, else
     * 0.
     */
    Request begin(ResponseSink sink, int fragment) {
        this.sink = sink;
        this.fragment = fragment;
        return this;
    }

    /** Ends this life, releasing the response if one is still held. */
    void end() {
        if (sink == null) {
            // A bug; two clients would share the request, and one would have the other's answer.
            throw new IllegalStateException("request given back twice");
        }
        ByteBuf held = response;
        if (held != null) {
            held.release();
        }
        sink = null;
        response = null;
        isAnswered = false;
        isQuiet = false;
        isShared = false;
        lookups = 0;
        keptBytes = 0;
        miss = null;
        if (summary != null) {
            summary.end();
        }
    }

    /** Where the answer goes. */
    public ResponseSink sink() {
        ResponseSink current = sink;
        if (current == null) {
            throw new IllegalStateException("request used after its end");
        }
        return current;
    }

    /** Its place among the fragments of a split request. */
    public int fragment() {
        return fragment;
    }

    /** Tells whether the server may leave it unanswered, so that a fence has to follow it. */
    public boolean isQuiet() {
        return isQuiet;
    }

    /** Notes that the server may leave it unanswered. */
    public void makeQuiet() {
        isQuiet = true;
    }

    /**
     * Notes that it goes to the server as one with requests before or behind it; {@code isLast}
     * tells whether none is behind it.
     */
    public void share(boolean isLast) {
        isShared = true;
        isLastShared = isLast;
    }

    /** Tells whether it goes to the server as one with others. */
    public boolean isShared() {
        return isShared;
    }

    /** Tells whether it is the last of those that go as one. */
    public boolean isLastShared() {
        return isLastShared;
    }

    /** Keeps a copy of its key, {@code bytes} bytes of {@code source} from index {@code from}. */
    public void keepKey(ByteBuf source, int from, int bytes) {
        if (key.length < bytes) {
            key = new byte[bytes];
        }
        keyBytes = bytes;
        source.getBytes(from, key, 0, bytes);
    }

    /** Tells whether {@code bytes} bytes of {@code in} from index {@code from} are the key kept. */
    public boolean hasKey(ByteBuf in, int from, int bytes) {
        if (bytes != keyBytes) {
            return false;
        }
        for (int i = 0; i < bytes; i++) {
            if (in.getByte(from + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Notes what a server would say that has none of its keys, which is the answer if the server
     * fails; null for an error then.
     */
    public void missIs(byte @Nullable [] answer) {
        miss = answer;
    }

    /**
     * Ends it without a response of a server: as if the server did not have its keys, if that is
     * {@linkplain #missIs known} and the failure is a server's; otherwise with {@code failure}.
     */
    public void fail(Failure failure) {
        byte[] answer = miss;
        if (answer == null || failure.kind() != Failure.Kind.SERVER) {
            sink().onFailure(this, failure);
        } else if (isQuiet) {
            sink().onSilence(this);
        } else {
            sink().onResponse(this, Unpooled.wrappedBuffer(answer), 0, answer.length);
        }
    }

    /** When it was put on a server connection, on the clock of {@link System#nanoTime}. */
    public long queuedNanos() {
        return queuedNanos;
    }

    /** Notes when it was put on a server connection, and the number of its bytes. */
    public void queuedAt(long nanos, int bytes) {
        queuedNanos = nanos;
        queuedBytes = bytes;
    }

    /** Notes {@code bytes} more bytes that were put on the server connection. */
    public void addQueued(int bytes) {
        queuedBytes += bytes;
    }

    /** How many bytes were put on the server connection. */
    public int queuedBytes() {
        return queuedBytes;
    }

    /** When the client's bytes were read, on the clock of {@link System#nanoTime}. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** Notes when the client's bytes were read. */
    public void arrivedAt(long nanos) {
        arrivedNanos = nanos;
    }

    /**
     * Notes what the request is that {@code client} has just completed, for {@link #summary}, with
     * key number {@code key} as its first one, or {@link #NO_KEY}.
     *
     * @param maxKeyBytes how much of the key is kept; the same for all requests of a process
     */
    public void summarize(Dialogue client, int key, int maxKeyBytes) {
        RequestSummary noted = summary;
        if (noted == null) {
            noted = new RequestSummary(maxKeyBytes);
            summary = noted;
        }
        noted.begin(client);
        if (key != NO_KEY) {
            RequestParser parsed = client.parser();
            int from = parsed.keyFrom(key);
            noted.keyIs(parsed.keySource(), from, parsed.keyTo(key) - from);
        }
    }

    /** What it is; only if that was {@linkplain #summarize noted}. */
    public RequestSummary summary() {
        RequestSummary noted = summary;
        if (noted == null) {
            throw new IllegalStateException("nobody has noted what the request is");
        }
        return noted;
    }

    /** How many keys it asks for the values of; 0 if it is another kind of request. */
    public int lookups() {
        return lookups;
    }

    /** Notes how many keys it asks for the values of. */
    public void looksUp(int keys) {
        lookups = keys;
    }

    /** Tells whether its response is {@linkplain #hold held} here and waits for its turn. */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** Keeps the response until its turn comes; takes over one reference of {@code buffer}. */
    public void hold(ByteBuf buffer, int from, int bytes) {
        response = buffer;
        responseFrom = from;
        responseBytes = bytes;
        isAnswered = true;
    }

    /**
     * Counts {@code bytes} bytes that are kept for it elsewhere: its own, or its fragments'
     * answers.
     */
    public void addKept(long bytes) {
        keptBytes += bytes;
    }

    /** How many bytes are kept for it elsewhere. */
    public long keptBytes() {
        return keptBytes;
    }

    /** About how many bytes of memory it takes. */
    public long heldBytes() {
        return keptBytes + (isAnswered ? responseBytes : 0);
    }

    /** The buffer that holds the response; still owned by this request. */
    public ByteBuf response() {
        ByteBuf held = response;
        if (held == null) {
            throw new IllegalStateException("no response is held");
        }
        return held;
    }

    /** Index in {@link #response()} of the response's first byte. */
    public int responseFrom() {
        return responseFrom;
    }

    /** Length of the response in bytes. */
    public int responseBytes() {
        return responseBytes;
    }
}
