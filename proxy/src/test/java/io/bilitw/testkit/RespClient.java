package io.bilitw.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.List;

/** A small redis client. */
public final class RespClient extends CacheClient<Response> {

    private RespClient(SocketAddress address) {
        super(address);
    }

    public static RespClient connect(SocketAddress address) {
        return new RespClient(address);
    }

    /** Sends one command and reads its response. */
    public Response call(String... command) {
        return send(Resp.request(command)).read();
    }

    /** Sends one command, its arguments as bytes, and reads its response. */
    public Response call(List<byte[]> command) {
        return send(Resp.request(command)).read();
    }

    @Override
    int end(byte[] in, int from, int to) {
        return Response.end(in, from, to);
    }

    @Override
    Response response(byte[] bytes) {
        return new Response(bytes);
    }

    @Override
    void store(String key) {
        assertThat(call("SET", key, "x").text()).as("SET %s", key).isEqualTo("+OK\r\n");
    }

    @Override
    boolean holds(String key) {
        return call("EXISTS", key).integer() == 1;
    }

    @Override
    void flush() {
        assertThat(call("FLUSHALL").text()).as("FLUSHALL").isEqualTo("+OK\r\n");
    }
}
