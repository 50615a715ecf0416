package io.bilitw.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @param secret what of the request nobody else may see, or null if there is nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // written to the wire, never compared
    public record Step(String name, byte[] request, boolean isNeeded, @Nullable String secret) {

        /** Where a server that does not know a command begins to repeat the request. */
        private static final String ECHO = ", with args beginning with";

        /**
         * What a server has said to this request, fit for logs and clients: without what it repeats
         * of a secret.
         */
        public String withoutSecret(String answer) {
            if (secret == null) {
                return answer;
            }
            int echo = answer.indexOf(ECHO);
            String kept = echo < 0 ? answer : answer.substring(0, echo);
            return kept.replace(secret, "***");
        }
    }
}
