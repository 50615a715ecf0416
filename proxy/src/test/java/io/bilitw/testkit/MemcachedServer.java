package io.bilitw.testkit;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real memcached. */
public final class MemcachedServer extends CacheServer<MemcacheClient> {

    private MemcachedServer(int port, String... options) {
        super(port, List.of(options));
    }

    /**
     * Starts a server on a free port; {@code options} are those of its command line: {@code "-I",
     * "4m"}.
     */
    public static MemcachedServer start(String... options) {
        return new MemcachedServer(FreePorts.next(), options);
    }

    /** Starts a server that can be reached over a unix socket only. */
    public static MemcachedServer onUnixSocket(String... options) {
        return new MemcachedServer(0, options);
    }

    /** Asks the server directly, over a connection for this one request. */
    public String ask(String request) {
        try (MemcacheClient client = client()) {
            return client.call(request);
        }
    }

    @Override
    MemcacheClient connect(SocketAddress address) {
        return MemcacheClient.connect(address);
    }

    @Override
    List<String> command(int port, Path unixSocket) {
        // Started by root, it wants to be told whose rights it shall have.
        var command = new ArrayList<>(List.of("memcached", "-u", System.getProperty("user.name")));
        if (port == 0) {
            command.addAll(List.of("-s", unixSocket.toString()));
        } else {
            command.addAll(List.of("-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0"));
        }
        return command;
    }
}
