package io.bilitw.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports that nobody listens on.
 *
 * <p>They lie below the range from which Linux takes the ports of outgoing connections (32768 and
 * up), so a port that was free when it was handed out is not lost to a connection before its server
 * starts.
 */
public final class FreePorts {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePorts() {}

    /** Finds a port that is free on every loopback address. */
    public static int next() {
        return between(LOWEST, HIGHEST);
    }

    /** Finds a free one of those that only root may listen on. */
    public static int belowThousand() {
        return between(600, 1000);
    }

    private static int between(int lowest, int highest) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(lowest, highest);
            if (isFree("127.0.0.1", port) && isFree("::1", port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port found in " + ATTEMPTS + " attempts");
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port));
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
