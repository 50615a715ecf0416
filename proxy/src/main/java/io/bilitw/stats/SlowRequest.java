package io.bilitw.stats;

/**
 * A request, or a fragment of one, that took longer than its pool wants.
 *
 * @param id its number, from 1, by which the line in the log and the entry in the memory are one
 * @param endMillis when it was over, in milliseconds since 1970
 * @param micros how long it took, in microseconds
 * @param type its kind in twemproxy's words, for example {@code REQ_REDIS_GET}
 * @param key the first bytes of its first key, at most {@link SlowLog#MAX_KEY_BYTES}; none if it
 *     has no key
 * @param keyBytes how many bytes the key has
 * @param client where it came from
 * @param server where it went, as the configuration writes it: {@code host:port:weight}
 * @param pool the name of its pool
 * @param failure why it has no response, or nothing if it has one
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record SlowRequest(
        long id,
        long endMillis,
        long micros,
        String type,
        byte[] key,
        int keyBytes,
        String client,
        String server,
        String pool,
        String failure) {

    /** The key, escaped and marked if it is not whole. */
    public String keyText() {
        return keyBytes == 0 ? "" : KeyText.ofCut(key, keyBytes);
    }

    /** The name of its command in upper case, for example {@code GET}. */
    public String command() {
        int prefix = type.indexOf('_', type.indexOf('_') + 1) + 1;
        return type.substring(prefix);
    }

    /**
     * The line of the log, as the C program that had a slow log first wrote it; what is said of a
     * failure stands behind, as that one did not speak of them.
     */
    @Override
    public String toString() {
        return "slow req "
                + id
                + " on type: "
                + type
                + ", key: "
                + keyText()
                + ", client: "
                + client
                + ", server: "
                + server
                + ", duration: "
                + micros / 1000
                + " ms"
                + (failure.isEmpty() ? "" : ", failed: " + failure);
    }
}
