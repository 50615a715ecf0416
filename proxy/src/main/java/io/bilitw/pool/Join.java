package io.bilitw.pool;

import io.bilitw.net.HoldArea;
import io.bilitw.net.Loop;
import io.bilitw.protocol.Coalescer;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.ResponseSink;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Collects the responses to the fragments of one request, and answers it when the last has come. If
 * fragments have failed, the request fails with the failure of the first of them in the order of
 * their servers; the others have been carried out all the same. Event-loop confined.
 */
final class Join implements ResponseSink, Fragments {

    private final Request whole;
    private final Coalescer coalescer;
    private final Loop loop;
    private final RequestPool requests;
    private final int[] fragmentOf;
    private final @Nullable Request[] answered;
    private @Nullable Failure failure;
    private int failedFragment = Integer.MAX_VALUE;
    private int missing;
    private @Nullable ByteBuf parts;
    private int partsFrom;
    private int partsTo;

    /**
     * Waits for {@code fragments} fragments of {@code whole}.
     *
     * @param fragmentOf the fragment of each key; owned by this object from now on
     */
    Join(
            Request whole,
            Coalescer coalescer,
            int fragments,
            int[] fragmentOf,
            Loop loop,
            RequestPool requests) {
        this.whole = whole;
        this.coalescer = coalescer;
        this.loop = loop;
        this.requests = requests;
        this.fragmentOf = fragmentOf;
        answered = new Request[fragments];
        missing = fragments;
    }

    /** Keeps a copy of the request's parts, {@code bytes} bytes of {@code source}, to the end. */
    void keepParts(ByteBuf source, int from, int bytes) {
        HoldArea area = loop.holdArea();
        parts = area.hold(source, from, bytes);
        partsFrom = area.heldFrom();
        partsTo = partsFrom + bytes;
    }

    @Override
    public void onResponse(Request fragment, ByteBuf in, int from, int bytes) {
        if (whole.sink().isGone()) {
            onFailure(fragment, Failure.CLOSED); // what nobody waits for takes no memory
            return;
        }
        HoldArea area = loop.holdArea();
        ByteBuf held = area.hold(in, from, bytes);
        fragment.hold(held, area.heldFrom(), bytes);
        whole.addKept(bytes);
        arrived(fragment);
    }

    @Override
    public boolean isGone() {
        return whole.sink().isGone();
    }

    @Override
    public void onSilence(Request fragment) {
        throw new IllegalStateException("a fragment always has a response");
    }

    @Override
    public void onFailure(Request fragment, Failure cause) {
        if (fragment.fragment() < failedFragment) {
            failedFragment = fragment.fragment();
            failure = cause;
        }
        arrived(fragment);
    }

    private void arrived(Request fragment) {
        answered[fragment.fragment()] = fragment;
        missing--;
        if (missing == 0) {
            answerWhole();
            if (parts != null) {
                parts.release();
            }
            for (Request each : answered) {
                if (each != null) {
                    requests.giveBack(each);
                }
            }
        }
    }

    private void answerWhole() {
        Failure cause = failure;
        if (cause != null) {
            whole.sink().onFailure(whole, cause);
            return;
        }
        ByteBuf joined = coalescer.coalesce(this, loop.allocator());
        try {
            whole.sink().onResponse(whole, joined, joined.readerIndex(), joined.readableBytes());
        } finally {
            joined.release();
        }
    }

    @Override
    public int count() {
        return answered.length;
    }

    @Override
    public ByteBuf response(int fragment) {
        return at(fragment).response();
    }

    @Override
    public int responseFrom(int fragment) {
        return at(fragment).responseFrom();
    }

    @Override
    public int responseTo(int fragment) {
        return at(fragment).responseFrom() + at(fragment).responseBytes();
    }

    @Override
    public int keyCount() {
        return fragmentOf.length;
    }

    @Override
    public int fragmentOf(int key) {
        return fragmentOf[key];
    }

    @Override
    public ByteBuf parts() {
        ByteBuf kept = parts;
        if (kept == null) {
            throw new IllegalStateException("the parts were not kept");
        }
        return kept;
    }

    @Override
    public int partsFrom() {
        return partsFrom;
    }

    @Override
    public int partsTo() {
        return partsTo;
    }

    private Request at(int fragment) {
        Request request = answered[fragment];
        if (request == null) {
            throw new IllegalStateException("fragment " + fragment + " has no response yet");
        }
        return request;
    }
}
