package io.bilitw.protocol;

import java.util.List;

/**
 * What is said on every new server connection before the first request; each step must succeed in
 * turn.
 *
 * @param steps the requests, in order, whole and in wire form
 */
public record Handshake(List<Step> steps) {

    /** Nothing needs to be said. */
    public static final Handshake NONE = new Handshake(List.of());

    /**
     * One request of the handshake.
     *
     * @param name its name in logs and errors, for example {@code SELECT 3}; holds no secret
     * @param request the request in wire form
     * @param isNeeded whether a server that refuses is of no use and may be ejected for it
     */
    @SuppressWarnings("ArrayRecordComponent") // written to the wire, never compared
    public record Step(String name, byte[] request, boolean isNeeded) {}
}
