package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.Failure;
import io.bilitw.protocol.Request;
import io.bilitw.protocol.RequestPool;
import io.bilitw.protocol.ResponseSink;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Notes the answers to requests, each with the name its request was given. */
public final class SampleSink {

    private final RequestPool requests;
    private final List<String> answers = new ArrayList<>();

    /** Takes requests from {@code requests}, and gives them back there. */
    public SampleSink(RequestPool requests) {
        this.requests = requests;
    }

    /** Makes a request, of which the answer will be noted under {@code name}. */
    public Request request(String name) {
        return requests.take(
                new ResponseSink() {
                    @Override
                    public void onResponse(Request request, ByteBuf in, int from, int bytes) {
                        note(name + " " + in.toString(from, bytes, ISO_8859_1), request);
                    }

                    @Override
                    public void onSilence(Request request) {
                        note(name + " silence", request);
                    }

                    @Override
                    public void onFailure(Request request, Failure failure) {
                        note(name + " failed: " + failure.text(), request);
                    }
                });
    }

    private void note(String answer, Request request) {
        answers.add(answer.strip());
        requests.giveBack(request);
    }

    /** The answers since this was asked last, in the order in which they came. */
    public List<String> answers() {
        List<String> since = List.copyOf(answers);
        answers.clear();
        return since;
    }
}
