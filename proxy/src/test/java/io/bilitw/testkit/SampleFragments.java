package io.bilitw.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bilitw.protocol.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Responses, and the parts of their request, that each lie somewhere inside a buffer. */
public final class SampleFragments implements Fragments {

    private static final String AROUND = "###";

    private final List<ByteBuf> responses = new ArrayList<>();
    private final int[] places;
    private ByteBuf parts = around("");

    /**
     * Makes the fragments of a request.
     *
     * @param places the fragment of each key, with blanks between them
     * @param responses the response to each fragment
     */
    public SampleFragments(String places, String... responses) {
        this.places = Arrays.stream(places.split(" ", 0)).mapToInt(Integer::parseInt).toArray();
        for (String response : responses) {
            this.responses.add(around(response));
        }
    }

    /** Gives them the parts of the request. */
    public SampleFragments withParts(String text) {
        parts = around(text);
        return this;
    }

    private static ByteBuf around(String text) {
        return Unpooled.copiedBuffer(AROUND + text + AROUND, ISO_8859_1);
    }

    @Override
    public int count() {
        return responses.size();
    }

    @Override
    public ByteBuf response(int fragment) {
        return responses.get(fragment);
    }

    @Override
    public int responseFrom(int fragment) {
        return AROUND.length();
    }

    @Override
    public int responseTo(int fragment) {
        return response(fragment).writerIndex() - AROUND.length();
    }

    @Override
    public int keyCount() {
        return places.length;
    }

    @Override
    public int fragmentOf(int key) {
        return places[key];
    }

    @Override
    public ByteBuf parts() {
        return parts;
    }

    @Override
    public int partsFrom() {
        return AROUND.length();
    }

    @Override
    public int partsTo() {
        return parts.writerIndex() - AROUND.length();
    }
}
