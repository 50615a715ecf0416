package io.bilitw.pool;

import io.bilitw.net.HoldArea;
import io.bilitw.net.Loop;
import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Fragments;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.ResponseSink;
import io.bilitw.protocol.Split;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Collects the responses to the fragments of one request, and answers it when the last has come. If
 * fragments have failed, the request fails with the failure of the first of them in the order of
 * their servers; the others have been carried out all the same. Event-loop confined.
 */
final class Join implements ResponseSink, Fragments {

    private final Request whole;
    private final Split split;
    private final Loop loop;
    private final RequestPool requests;
    private final int[] fragmentOf;
    private final @Nullable Request[] answered;
    private @Nullable Failure failure;
    private int failedFragment = Integer.MAX_VALUE;
    private int missing;

    /**
     * Waits for {@code fragments} fragments of {@code whole}.
     *
     * @param fragmentOf the fragment of each key; owned by this object from now on
     */
    Join(
            Request whole,
            Split split,
            int fragments,
            int[] fragmentOf,
            Loop loop,
            RequestPool requests) {
        this.whole = whole;
        this.split = split;
        this.loop = loop;
        this.requests = requests;
        this.fragmentOf = fragmentOf;
        answered = new Request[fragments];
        missing = fragments;
    }

    @Override
    public void onResponse(Request fragment, ByteBuf in, int from, int bytes) {
        HoldArea area = loop.holdArea();
        ByteBuf held = area.hold(in, from, bytes);
        fragment.hold(held, area.heldFrom(), bytes);
        arrived(fragment);
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
        ByteBuf joined = split.coalesce(this, loop.allocator());
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

    private Request at(int fragment) {
        Request request = answered[fragment];
        if (request == null) {
            throw new IllegalStateException("fragment " + fragment + " has no response yet");
        }
        return request;
    }
}
