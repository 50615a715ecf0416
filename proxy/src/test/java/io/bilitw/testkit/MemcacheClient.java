package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.Arrays;

/**
 * A small client of memcached's text protocol; a response is the text of all its bytes.
 *
 * <p>A response is one line, with what belongs to it: the data behind {@code VA}; all values or
 * statistics up to {@code END} or to the line that stands in its place.
 */
public final class MemcacheClient extends CacheClient<String> {

    private MemcacheClient(SocketAddress address) {
        super(address);
    }

    public static MemcacheClient connect(SocketAddress address) {
        return new MemcacheClient(address);
    }

    /**
     * Waits until whatever listens at {@code address} has answered a request.
     *
     * <p>It may be of either protocol and may want a password: to this line all answer with a line,
     * be it that they do not know it.
     */
    static void awaitAnyAnswer(SocketAddress address) {
        try (MemcacheClient client = connect(address)) {
            client.call("PING\r\n");
        }
    }

    /** Sends one request as it is and reads its response. */
    public String call(String request) {
        return send(request).read();
    }

    @Override
    int end(byte[] in, int from, int to) {
        int at = from;
        while (true) {
            int lineEnd = Resp.lineEnd(in, at, to);
            if (lineEnd < 0) {
                return -1;
            }
            String[] words = Resp.text(Arrays.copyOfRange(in, at, lineEnd - 2)).split(" ", -1);
            switch (words[0]) {
                case "VALUE" -> at = dataEnd(lineEnd, words[3]);
                case "STAT", "ITEM" -> at = lineEnd;
                case "VA" -> {
                    int end = dataEnd(lineEnd, words[1]);
                    return end <= to ? end : -1;
                }
                default -> {
                    return lineEnd;
                }
            }
        }
    }

    private static int dataEnd(int lineEnd, String bytes) {
        return lineEnd + Integer.parseInt(bytes) + 2;
    }

    @Override
    String response(byte[] bytes) {
        return Resp.text(bytes);
    }

    @Override
    void store(String key) {
        assertThat(call(Memcache.set(key, "x"))).as("set %s", key).isEqualTo("STORED\r\n");
    }

    @Override
    boolean holds(String key) {
        return call("get " + key + "\r\n").startsWith("VALUE ");
    }

    @Override
    void flush() {
        assertThat(call("flush_all\r\n")).as("flush_all").isEqualTo("OK\r\n");
    }
}
