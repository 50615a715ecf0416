package io.bilitw.testkit;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real redis-server. */
public final class RedisServer extends CacheServer<RespClient> {

    private RedisServer(int port, String... options) {
        super(port, List.of(options));
    }

    /**
     * Starts a server on a free port; {@code options} are those of its command line: {@code
     * "--requirepass", "x"}.
     */
    public static RedisServer start(String... options) {
        return new RedisServer(FreePorts.next(), options);
    }

    /** Starts a server that can be reached over a unix socket only. */
    public static RedisServer onUnixSocket(String... options) {
        return new RedisServer(0, options);
    }

    /** Asks the server directly, over a connection for this one command. */
    public Response ask(String... command) {
        try (RespClient client = client()) {
            return client.call(command);
        }
    }

    @Override
    RespClient connect(SocketAddress address) {
        return RespClient.connect(address);
    }

    @Override
    List<String> command(int port, Path unixSocket) {
        var command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1"));
        command.addAll(List.of("--port", Integer.toString(port), "--save", ""));
        command.addAll(List.of("--dir", unixSocket.resolveSibling("").toString()));
        command.addAll(List.of("--loglevel", "warning"));
        if (port == 0) {
            command.addAll(List.of("--unixsocket", unixSocket.toString()));
        }
        return command;
    }
}
