package io.bilitw.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What can be told about a request when its bytes have gone: made only where somebody wants to name
 * the requests that turn out slow. Reused with its {@link Request}. Event-loop confined.
 */
public final class RequestSummary {

    private final byte[] key;
    private String type = "";
    private @Nullable ClientFacts client;
    private int keyBytes;

    RequestSummary(int maxKeyBytes) {
        key = new byte[maxKeyBytes];
    }

    void begin(Dialogue dialogue) {
        type = dialogue.requestType();
        client = dialogue.client();
        keyBytes = 0;
    }

    void keyIs(ByteBuf source, int from, int bytes) {
        keyBytes = bytes;
        source.getBytes(from, key, 0, Math.min(bytes, key.length));
    }

    void end() {
        client = null;
    }

    /** Its kind in twemproxy's words, for example {@code REQ_REDIS_GET}. */
    public String type() {
        return type;
    }

    /** Who has sent it, {@code host:port} or the path of the unix socket. */
    public String client() {
        ClientFacts known = client;
        return known == null ? "" : known.remoteAddress();
    }

    /** The first bytes of its first key. */
    public byte[] key() {
        return Arrays.copyOf(key, Math.min(keyBytes, key.length));
    }

    /** How many bytes that key has; 0 if there is none. */
    public int keyBytes() {
        return keyBytes;
    }
}
